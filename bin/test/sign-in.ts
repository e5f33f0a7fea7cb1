import { createHash, randomBytes } from 'node:crypto'

const REALM = '/realms/uitid'

export interface SignInOptions {
  /** Address of the API. */
  readonly api: string
  readonly app: string
  readonly redirectUri: string
  readonly email: string
  readonly password: string
}

/** Signs somebody in as a browser and an app do (docs/people.md); the claims of the ID token. */
export async function signIn({ api, app, redirectUri, email, password }: SignInOptions): Promise<Record<string, unknown>> {
  const cookies = new Map<string, string>()
  const browse = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && new URLSearchParams(form)
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) })
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      cookies.set(name, value)
    }
    return response
  }
  const next = (response: Response) => new URL(response.headers.get('location') ?? '', api).href
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app,
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const page = next(await browse(`${api}${REALM}/protocol/openid-connect/auth?${query}`))
  const proof = /name="proof" value="([^"]*)"/.exec(await (await browse(page)).text())?.[1] ?? ''
  const back = next(await browse(next(await browse(page, { proof, email, password }))))
  const code = new URL(back).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id: app, redirect_uri: redirectUri, code, code_verifier: verifier }
  const response = await browse(`${api}${REALM}/protocol/openid-connect/token`, form)
  // The token endpoint of OpenID Connect.
  const { id_token: token = '' } = (await response.json()) as { id_token?: string }
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8') || '{}')
}
