import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const CLIENT = 'zuil-dashboard'
const LIFE = '5m'

/** Somebody on the way through the issuer: what the code that they bring back is good for. */
interface Granted {
  readonly challenge: string
  readonly nonce: string
  readonly redirectUri: string
}

/** An OpenID Connect issuer written by hand, where everybody signs in at once. */
export class Issuer implements AsyncDisposable {
  /** What the next ID token says beside what it must. */
  claims: Record<string, unknown> = { sub: 'anna' }
  /** In place of the right one, what the next ID token names as its nonce. */
  nonce: string | undefined
  isAway = false
  readonly #server: Server
  readonly #codes = new Map<string, Granted>()
  readonly #keys = generateKeyPair('RS256')

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async start(): Promise<Issuer> {
    const issuer = new Issuer()
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve))
    return issuer
  }

  get url(): string {
    // A server that listens on a port has such an address.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What a browser does that is sent there, and whose owner signs in: where it is sent back to. */
  comesBack(address: string): URL {
    const { searchParams } = new URL(address)
    const code = `code-${this.#codes.size}`
    const part = (name: string) => searchParams.get(name) ?? ''
    this.#codes.set(code, { challenge: part('code_challenge'), nonce: part('nonce'), redirectUri: part('redirect_uri') })
    const back = new URL(part('redirect_uri'))
    back.search = new URLSearchParams({ code, state: part('state'), iss: this.url }).toString()
    return back
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = this.isAway ? undefined : await this.#documentAt(request)
    response.writeHead(answer ? 200 : 500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? { error: 'server_error' }))
  }

  async #documentAt(request: IncomingMessage): Promise<object | undefined> {
    const { url } = this
    switch (request.url ?? '') {
      case '/.well-known/openid-configuration':
        return {
          issuer: url,
          authorization_endpoint: `${url}/auth`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          end_session_endpoint: `${url}/end`,
          authorization_response_iss_parameter_supported: true,
        }
      case '/keys':
        return { keys: [{ ...(await exportJWK((await this.#keys).publicKey)), alg: 'RS256', kid: 'one' }] }
      case '/token':
        return await this.#tokens(new URLSearchParams(await bodyOf(request)))
      default:
        return undefined
    }
  }

  async #tokens(form: URLSearchParams): Promise<object | undefined> {
    const granted = this.#codes.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (granted?.challenge !== challenge || granted.redirectUri !== form.get('redirect_uri')) return undefined
    const token = new SignJWT({ nonce: this.nonce ?? granted.nonce, ...this.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(this.url)
      .setAudience(CLIENT)
      .setIssuedAt()
      .setExpirationTime(LIFE)
    const idToken = await token.sign((await this.#keys).privateKey)
    return { access_token: 'opaque', token_type: 'Bearer', id_token: idToken }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
