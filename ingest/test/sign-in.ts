import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

export const AUTHORIZATION = '/realms/uitid/protocol/openid-connect/auth'
export const TOKEN = '/realms/uitid/protocol/openid-connect/token'

export interface App {
  readonly client: string
  readonly redirectUri: string
  /** Absent: a public client. */
  readonly secret?: string
}

export type Credentials = {
  readonly email: string
  readonly password: string
}

/** A browser and an app in it: keeps cookies as their paths say, and goes where it is sent. */
export class Browser {
  readonly verifier = randomBytes(32).toString('base64url')
  readonly #app: FastifyInstance
  /** By name and path: two sign-ins of one browser have cookies of the same names. */
  readonly #cookies = new Map<string, ReceivedCookie>()

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  /** @param address of this installation, whole or from its path */
  async get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(await this.#app.inject({ url: pathOf(address), headers: { ...this.#cookieFor(address), ...headers } }))
  }

  async post(address: string, form: Readonly<Record<string, string>>): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.#app.inject({
        method: 'POST',
        url: pathOf(address),
        headers: { ...this.#cookieFor(address), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      }),
    )
  }

  /** The app sends somebody to sign in. */
  async begin({ client, redirectUri }: App, changed: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client,
      redirect_uri: redirectUri,
      scope: 'openid',
      state: 'state-of-the-app',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changed,
    })
    return await this.get(`${AUTHORIZATION}?${query}`)
  }

  /** From the start to the address that the app is called back with. */
  async signIn(app: App, credentials: Credentials): Promise<URL> {
    const page = (await this.begin(app)).headers.location ?? ''
    const answer = await this.submit(page, credentials)
    const back = await this.get(answer.headers.location ?? '')
    return new URL(back.headers.location ?? '')
  }

  /** Opens the page and sends its form. */
  async submit(page: string, fields: Readonly<Record<string, string>>): Promise<LightMyRequestResponse> {
    const proof = proofIn((await this.get(page)).body)
    return await this.post(page, { proof, action: 'sign-in', ...fields })
  }

  /** The app exchanges its code. */
  async exchange(
    { client, redirectUri, secret }: App,
    code: string,
    changed: Readonly<Record<string, string>> = {},
  ): Promise<LightMyRequestResponse> {
    return await this.post(TOKEN, {
      grant_type: 'authorization_code',
      client_id: client,
      ...(secret !== undefined && { client_secret: secret }),
      redirect_uri: redirectUri,
      code,
      code_verifier: this.verifier,
      ...changed,
    })
  }

  #cookieFor(address: string): { readonly cookie?: string } {
    const { pathname } = new URL(pathOf(address), 'http://here')
    const pairs = [...this.#cookies.values()].flatMap(({ name, value, path = '/' }) =>
      pathname.startsWith(path) ? [`${name}=${value}`] : [],
    )
    return pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
  }

  #keep(reply: LightMyRequestResponse): LightMyRequestResponse {
    for (const cookie of reply.cookies as readonly ReceivedCookie[]) {
      const key = `${cookie.name} ${cookie.path}`
      if (cookie.value === '' || (cookie.expires && cookie.expires.getTime() <= Date.now())) this.#cookies.delete(key)
      else this.#cookies.set(key, cookie)
    }
    return reply
  }
}

interface ReceivedCookie {
  readonly name: string
  readonly value: string
  readonly path?: string
  readonly expires?: Date
}

/** Access token of somebody who signs in. */
export async function personToken(service: FastifyInstance, app: App, credentials: Credentials): Promise<string> {
  const browser = new Browser(service)
  const code = (await browser.signIn(app, credentials)).searchParams.get('code') ?? ''
  const reply = await browser.exchange(app, code)
  if (reply.statusCode !== 200) throw new Error(`No token: ${reply.body}`)
  return reply.json().access_token
}

export function proofIn(html: string): string {
  return /name="proof" value="([^"]*)"/.exec(html)?.[1] ?? ''
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address, 'http://here')
  return `${pathname}${search}`
}
