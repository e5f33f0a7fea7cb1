import { createHash, randomBytes } from 'node:crypto'

const REALM = '/realms/uitid'
/** Of each step: a password takes a good tenth of a second, and some may wait. */
const TIMEOUT_MS = 10_000

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
export class Browser {
  readonly #cookies = new Map<string, string>()

  async open(url: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && new URLSearchParams(form)
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const headers = { cookie, ...(body && { origin: new URL(url).origin }) }
    const response = await fetch(url, { redirect: 'manual', headers, signal, ...(body && { method: 'POST', body }) })
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

export interface SignedIn {
  /** What the app calls the API with. */
  readonly accessToken: string
  readonly idToken: string
}

/** Signs somebody in as a browser and an app do (docs/people.md). Tokens are empty when the issuer does not let them in. */
export async function signIn({ api, app, redirectUri, ...credentials }: SignInOptions): Promise<SignedIn> {
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
  // The token endpoint of OpenID Connect; an error has no tokens.
  const tokens = (await response.json()) as { access_token?: string; id_token?: string }
  return { accessToken: tokens.access_token ?? '', idToken: tokens.id_token ?? '' }
}
