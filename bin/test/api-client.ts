/** Of the sample registry. */
const SAMPLE_CLIENT = 'grant_type=client_credentials&client_id=sample-client&client_secret=sample-secret'

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly retryAfter: string | null
  /** `<lane>.<position>` of what was registered. */
  readonly receipt: string | null
}

export type ApiCall = (method: string, path: string, body?: object) => Promise<Answer>

/** Calls the API as the sample client. */
export async function sampleClient(apiUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiCall> {
  const token = await fetch(`${apiUrl}/realms/uitid/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: SAMPLE_CLIENT,
  })
  // The answer of the token endpoint, RFC 6749.
  const { access_token } = (await token.json()) as { access_token: string }
  return async (method, path, body) => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const { status } = answer
    const [retryAfter, receipt] = ['retry-after', 'zuil-receipt'].map((name) => answer.headers.get(name))
    return { status, body: text === '' ? {} : JSON.parse(text), retryAfter: retryAfter ?? null, receipt: receipt ?? null }
  }
}
