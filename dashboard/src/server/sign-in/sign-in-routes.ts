import { RateLimiter } from '@zuil/core'
import { SIGN_IN_BACK_PATH } from '@zuil/core/contracts/sign-in'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../../lib/address.ts'
import { LANGUAGE_PARAMETER, languageOf } from '../../lib/language.ts'
import { FAULT_PARAMETER, SIGN_IN_FAULTS, type SignInFault } from '../../lib/sign-in-fault.ts'
import type { AccessLog } from '../access-log/access-log.ts'
import { cookieIn, SealedText, setCookie } from './cookies.ts'
import { type Identity, type IdentityProvider, type PendingSignIn, SignInRefusedError } from './identity-provider.ts'
import { returnAddress } from './return-address.ts'
import type { Sessions } from './sessions.ts'

const SIGN_IN_PATH = '/aanmelden'
const SIGN_OUT_PATH = '/afmelden'
/** Parameter with the page that somebody wanted to see. */
const RETURN_PARAMETER = 'naar'
/** Pages that say how it ended. */
const NOT_SIGNED_IN_PAGE = '/niet-aangemeld'
const SIGNED_OUT_PAGE = '/afgemeld'

/** As long as the built-in issuer waits for somebody. */
const PENDING_SECONDS = 600
const PENDING_COOKIE = 'zuil-sign-in'
const PENDING_PURPOSE = 'sign-in'
/** Sign-ins begun from one address: each asks the issuer something. */
const ATTEMPTS = { burst: 30, perSecond: 0.5 } as const

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

export interface SignInRoutesOptions {
  readonly provider: Pick<IdentityProvider, 'begin' | 'finish'>
  readonly sessions: Sessions
  readonly log: AccessLog
  readonly settings: Pick<SignInSettings, 'key' | 'publicUrl' | 'rolesInRegistry'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** How people sign in at the pages. */
export interface SignInSettings {
  /** URL of the issuer, as its tokens name it. */
  readonly issuer: string
  readonly clientId: string
  /** Empty: a public client, held by PKCE alone. */
  readonly clientSecret: string
  /** Claims that may name the account, in the order in which they count. */
  readonly personClaims: readonly string[]
  /** Address of the dashboard as people reach it; over https cookies are sent over https only. */
  readonly publicUrl: URL
  /** 32 bytes; seals sessions, and what a browser keeps between leaving and coming back. */
  readonly key: Buffer
  /** Whether the registry's roles count instead of what the issuer says of them. */
  readonly rolesInRegistry: boolean
}

interface Pending extends PendingSignIn {
  readonly returnTo: string
}

type SignInRequest = FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>

/** Signing in and out: `/aanmelden` sends to the issuer, `/aanmelden/terug` takes who comes back, `/afmelden` ends it. */
export function signInRoutes(options: SignInRoutesOptions) {
  const desk = new SignInVisits(options)
  return async (scope: FastifyInstance): Promise<void> => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    })
    // A form without fields; whatever else comes with it is not read.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.get(SIGN_IN_PATH, (request: SignInRequest, reply) => desk.begin(request, reply))
    scope.get(SIGN_IN_BACK_PATH, (request: SignInRequest, reply) => desk.finish(request, reply))
    scope.post(SIGN_OUT_PATH, (request: SignInRequest, reply) => desk.end(request, reply))
  }
}

class SignInVisits {
  readonly #options: SignInRoutesOptions
  readonly #sealed: SealedText
  readonly #attempts: RateLimiter
  readonly #secure: boolean

  constructor(options: SignInRoutesOptions) {
    this.#options = options
    this.#sealed = new SealedText(options.settings.key)
    this.#attempts = new RateLimiter(ATTEMPTS, options.clock)
    this.#secure = options.settings.publicUrl.protocol === 'https:'
  }

  async begin(request: SignInRequest, reply: FastifyReply): Promise<FastifyReply> {
    const elsewhere = this.#canonicalAddress(request)
    if (elsewhere) return reply.redirect(elsewhere, 302)
    if (this.#attempts.take(request.ip) > 0) return this.#notSignedIn(reply, 'too-often')
    const returnTo = returnAddress(request.query[RETURN_PARAMETER])
    try {
      const { address, pending } = await this.#options.provider.begin(languageIn(returnTo))
      const value = this.#sealed.seal({ ...pending, returnTo } satisfies Pending, PENDING_PURPOSE)
      return reply.header('set-cookie', this.#pendingCookie(value, PENDING_SECONDS)).redirect(address, 302)
    } catch (error) {
      request.log.error({ err: error }, 'Nobody can sign in: the issuer does not answer')
      return this.#notSignedIn(reply, 'unavailable', returnTo)
    }
  }

  async finish(request: SignInRequest, reply: FastifyReply): Promise<FastifyReply> {
    const pending = this.#pendingOf(request)
    // Used once, however it ends.
    reply.header('set-cookie', this.#pendingCookie('', 0))
    if (!pending) return this.#notSignedIn(reply, 'expired')
    try {
      const identity = await this.#options.provider.finish(new URL(request.url, 'http://zuil.invalid').search, pending)
      return this.#welcome(identity, reply, pending.returnTo)
    } catch (error) {
      const isRefused = error instanceof SignInRefusedError
      request.log[isRefused ? 'info' : 'error']({ err: error }, 'Somebody came back from the issuer without signing in')
      return this.#notSignedIn(reply, isRefused ? 'refused' : 'unavailable', pending.returnTo)
    }
  }

  async end(request: SignInRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { sessions, log } = this.#options
    // A form of another site comes without the session, but its answer could still take the cookie away.
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return reply.redirect('/', 303)
    const session = sessions.of(request.headers.cookie)
    if (session) log.write({ kind: 'sign-out', account: accountOf(session), what: '' })
    const page = addressOf(SIGNED_OUT_PAGE, { language: languageIn(refererOf(request)), theme: 'system' })
    return reply.header('set-cookie', sessions.end()).redirect(page, 303)
  }

  #welcome({ names, roles }: Identity, reply: FastifyReply, returnTo: string): FastifyReply {
    const { sessions, log, settings } = this.#options
    const cookie = sessions.begin({ names, ...(roles && !settings.rolesInRegistry && { roles }) })
    log.write({ kind: 'sign-in', account: accountOf({ names }), what: '' })
    return reply.header('set-cookie', cookie).redirect(returnTo, 303)
  }

  #notSignedIn(reply: FastifyReply, fault: SignInFault, returnTo = '/'): FastifyReply {
    const parameters = new URLSearchParams({ [FAULT_PARAMETER]: SIGN_IN_FAULTS[fault] })
    const language = languageIn(returnTo)
    if (language !== 'nl') parameters.set(LANGUAGE_PARAMETER, language)
    if (returnTo !== '/') parameters.set(RETURN_PARAMETER, returnTo)
    return reply.redirect(`${NOT_SIGNED_IN_PAGE}?${parameters}`, 303)
  }

  #pendingOf({ headers }: SignInRequest): Pending | undefined {
    const text = cookieIn(headers.cookie, PENDING_COOKIE)
    const value = text === undefined ? undefined : this.#sealed.open(text, PENDING_PURPOSE)
    // Only `begin` seals for this purpose; what it seals is this.
    return value as Pending | undefined
  }

  #pendingCookie(value: string, maxAge: number): string {
    return setCookie(PENDING_COOKIE, value, { path: SIGN_IN_PATH, maxAge, secure: this.#secure })
  }

  /**
   * The issuer sends people back to one address, and cookies belong to a host: who types `localhost` begins at `127.0.0.1`. Only
   * between names of this machine, for behind a proxy the name of a request is not the name that people typed.
   */
  #canonicalAddress({ host, url }: SignInRequest): string | undefined {
    const { publicUrl } = this.#options.settings
    const isOtherName = host !== publicUrl.host && LOOPBACK.test(host) && LOOPBACK.test(publicUrl.host)
    return isOtherName ? new URL(url, publicUrl).href : undefined
  }
}

function accountOf({ names }: Pick<Identity, 'names'>): string {
  return `person/${names[0] ?? ''}`
}

function languageIn(address: string) {
  return languageOf(new URL(address, 'http://zuil.invalid').searchParams)
}

/** The page that somebody was on, by path and query. */
function refererOf({ headers }: SignInRequest): string {
  const url = URL.parse(headers.referer ?? '')
  return url ? `${url.pathname}${url.search}` : '/'
}
