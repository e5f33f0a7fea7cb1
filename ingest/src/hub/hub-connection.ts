/** How ingest reaches the hub. */
export interface HubConnection {
  /** Where the hub answers internal reads. */
  readonly url: string
  readonly token: string
  readonly fetch: typeof fetch
}

export interface HubQuestion {
  /** Below `/internal/`. */
  readonly path: string
  readonly body: object
  readonly timeoutMs: number
}

/** Asks the hub; rejects as `fetch` does, also when the time is over. */
export async function askHub({ url, token, fetch }: HubConnection, { path, body, timeoutMs }: HubQuestion): Promise<Response> {
  return await fetch(`${url}/internal/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
}
