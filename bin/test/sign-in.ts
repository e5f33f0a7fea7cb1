import { createHash, randomBytes } from 'node:crypto'

const REALM = '/realms/uitid'

/** Who signs in at the built-in issuer. */
export interface Credentials {
  readonly email: string
  readonly password: string
}

export interface SignInOptions extends Credentials {
  /** Address of the API. */
  readonly api: string
  readonly app: string
  readonly redirectUri: string
}

/** A browser as far as signing in needs one: it keeps cookies and follows nothing by itself. */
class Browser {
  readonly #cookies = new Map<string, string>()

  async open(url: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && new URLSearchParams(form)
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) })
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  /** Where a page sends the browser. */
  async next(url: string, form?: Record<string, string>): Promise<string> {
    const response = await this.open(url, form)
    return new URL(response.headers.get('location') ?? '', url).href
  }

  /** From where an app sends somebody to the issuer, to where the issuer sends them back. */
  async throughIssuer(authorization: string, { email, password }: Credentials): Promise<string> {
    const page = await this.next(authorization)
    const proof = /name="proof" value="([^"]*)"/.exec(await (await this.open(page)).text())?.[1] ?? ''
    return await this.next(await this.next(page, { proof, email, password }))
  }
}

/** Signs somebody in as a browser and an app do (docs/people.md); the claims of the ID token. */
export async function signIn({ api, app, redirectUri, ...credentials }: SignInOptions): Promise<Record<string, unknown>> {
  const browser = new Browser()
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app,
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const back = await browser.throughIssuer(`${api}${REALM}/protocol/openid-connect/auth?${query}`, credentials)
  const code = new URL(back).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id: app, redirect_uri: redirectUri, code, code_verifier: verifier }
  const response = await browser.open(`${api}${REALM}/protocol/openid-connect/token`, form)
  // The token endpoint of OpenID Connect.
  const { id_token: token = '' } = (await response.json()) as { id_token?: string }
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8') || '{}')
}

/** Signs somebody in at the dashboard, as its link does, and opens a page of it; the page's text. */
export async function pageOfSignedIn(dashboard: string, path: string, credentials: Credentials): Promise<string> {
  const browser = new Browser()
  const issuer = await browser.next(`${dashboard}/aanmelden?${new URLSearchParams({ naar: path })}`)
  const page = await browser.next(await browser.throughIssuer(issuer, credentials))
  return await (await browser.open(page)).text()
}
