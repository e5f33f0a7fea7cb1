import { setTimeout } from 'node:timers/promises'
import type { LiveAnswer } from '@zuil/load-tests/population/live/answer'
import type { Caller, LiveRequest } from '@zuil/load-tests/population/live/request'
import { APP_REDIRECT_URI, accountOf, appIdOf } from '@zuil/load-tests/population/registry/app'
import { clientSecretOf } from '@zuil/load-tests/population/registry/offer'
import type { World } from '@zuil/load-tests/population/world'
import { signIn } from './sign-in.ts'

const TOKEN_PATH = '/realms/uitid/protocol/openid-connect/token'
const ATTEMPTS_MAX = 4
/** Somebody at a counter does not wait longer either. */
const RETRY_AFTER_MAX_MS = 3_000
const TIMEOUT_MS = 10_000
const BUSY: readonly number[] = [429, 500, 502, 503, 504]

interface CallerOptions {
  /** Address of the API, without a slash at the end. */
  readonly url: string
  readonly world: World
  readonly operatorToken: string
}

/** Sends the requests of the population, each with the credentials of who makes it. */
export class ApiCaller {
  readonly #options: CallerOptions
  /** Of counters and people. */
  readonly #tokens = new Map<string, Promise<string>>()
  /** People sign in one after the other: the issuer lets few do so at once. */
  #signingIn: Promise<unknown> = Promise.resolve()

  constructor(options: CallerOptions) {
    this.#options = options
  }

  /** Comes again with the same key while the API is busy or away; never rejects. */
  async send(request: LiveRequest, key: string): Promise<LiveAnswer> {
    let answer: LiveAnswer = { status: 0, body: undefined }
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const response = await this.#fetch(request, key)
      if (response) answer = { status: response.status, body: await bodyOf(response) }
      if (response && !BUSY.includes(response.status)) {
        const who = tokenKeyOf(request.caller)
        if (response.status !== 401 || who === undefined) return answer
        // a token lives for a day
        this.#tokens.delete(who)
      }
      if (attempt < ATTEMPTS_MAX) await setTimeout(waitOf(response, attempt))
    }
    return answer
  }

  async #fetch({ caller, method, path, body, contentType }: LiveRequest, key: string): Promise<Response | undefined> {
    try {
      const headers = {
        ...(await this.#credentials(caller)),
        'idempotency-key': key,
        accept: 'application/json, application/x-ndjson;q=0.9',
        ...(contentType !== undefined && { 'content-type': contentType }),
      }
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      return await fetch(`${this.#options.url}${path}`, { method, headers, signal, ...(body !== undefined && { body }) })
    } catch {
      return undefined // nobody there, or too slow: the answer says so with status 0
    }
  }

  async #credentials(caller: Caller): Promise<Record<string, string>> {
    switch (caller.kind) {
      case 'kiosk':
        return { 'x-custom-token': caller.deviceId }
      case 'operator':
        return { authorization: `Bearer ${this.#options.operatorToken}` }
      case 'counter':
        return { authorization: `Bearer ${await this.#token(caller, () => this.#askToken(caller.host))}` }
      case 'person':
        return { authorization: `Bearer ${await this.#token(caller, () => this.#signIn(caller.holder))}` }
    }
  }

  /** One request for a token, however many wait for it. */
  async #token(caller: Caller, ask: () => Promise<string>): Promise<string> {
    const who = tokenKeyOf(caller) ?? ''
    const known = this.#tokens.get(who)
    if (known) return await known
    const asked = ask()
    this.#tokens.set(who, asked)
    try {
      return await asked
    } catch (error) {
      this.#tokens.delete(who)
      throw error
    }
  }

  async #signIn(holder: number): Promise<string> {
    const { url, world } = this.#options
    const { seed } = world.options
    const { email, password } = accountOf(seed, holder)
    const who = { api: url, app: appIdOf(seed), redirectUri: APP_REDIRECT_URI, email, password }
    const signedIn = this.#signingIn.then(() => signIn(who))
    this.#signingIn = signedIn.catch(() => undefined)
    return (await signedIn).accessToken
  }

  async #askToken(host: number): Promise<string> {
    const { url, world } = this.#options
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: world.hosts[host]?.client ?? '',
      client_secret: clientSecretOf(world.options.seed, host),
    })
    const response = await fetch(`${url}${TOKEN_PATH}`, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) })
    // The token endpoint of OpenID Connect; without a token the request below is answered 401.
    const { access_token: token = '' } = (await response.json()) as { access_token?: string }
    return token
  }
}

/** Whose token it is; undefined for who shows something else. */
function tokenKeyOf(caller: Caller): string | undefined {
  if (caller.kind === 'counter') return `counter ${caller.host}`
  return caller.kind === 'person' ? `person ${caller.holder}` : undefined
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text())
  } catch {
    return undefined // no body, or none that can be read: the status says enough
  }
}

function waitOf(response: Response | undefined, attempt: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? 0) * 1_000
  return Math.min(RETRY_AFTER_MAX_MS, Math.max(asked, 250 * 2 ** attempt))
}
