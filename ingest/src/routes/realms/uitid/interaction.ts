import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isSameSecret } from '../../../secrets.ts'
import type { Services } from '../../../services.ts'
import { SignInDesk } from '../../../sign-in/sign-in-desk.ts'
import { signInHeaders, signInOverPage, signInPage } from '../../../sign-in/sign-in-page.ts'
import { type Language, languageOf, type SignInFault } from '../../../sign-in/sign-in-texts.ts'
import { REALM_PATHS, type SignIn, type TokenIssuer } from '../../../tokens/token-issuer.ts'

const STATUS: Readonly<Record<SignInFault, number>> = { wrong: 401, 'too-often': 429, busy: 503 }
/** Seconds after which it is worth another attempt, with 429 and 503. */
const RETRY_AFTER_SECONDS = '60'

type Request = FastifyRequest<{ Params: { uid: string }; Body: unknown }>

/** The sign-in page of the built-in issuer. The browser's cookie says which sign-in it is about, the address only shows it. */
export function interactionRoutes(
  scope: FastifyInstance,
  services: Services & { readonly issuer: TokenIssuer },
  realm: string,
): void {
  const { issuer, secrets, accounts, limits, now } = services
  const desk = new SignInDesk({ accounts, secrets, limits, now })
  const url = `${realm}${REALM_PATHS.interaction}/:uid`
  const schema = { hide: true }

  scope.get<{ Params: { uid: string }; Body: unknown }>(url, { schema }, async (request, reply) => {
    const signIn = await signInOf(request, reply)
    return signIn ? sendForm(request, reply, { signIn, email: '' }) : sendOver(request, reply)
  })

  scope.post<{ Params: { uid: string }; Body: unknown }>(url, { schema }, async (request, reply) => {
    const signIn = await signInOf(request, reply)
    if (!signIn) return sendOver(request, reply)
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    // The cookie alone would do with a browser of today; this holds in an old one too.
    if (!isSameSecret(form.get('proof') ?? '', proofOf(signIn))) return sendOver(request, reply)
    if (form.get('action') === 'cancel') return await sendBack(request, reply, undefined)
    const email = form.get('email') ?? ''
    const end = await desk.attempt({ email, password: form.get('password') ?? '', address: request.ip })
    if (typeof end !== 'string') return await sendBack(request, reply, end.account)
    if (end !== 'wrong') reply.header('retry-after', RETRY_AFTER_SECONDS)
    return sendForm(request, reply.code(STATUS[end]), { signIn, email, fault: end })
  })

  async function signInOf(request: Request, reply: FastifyReply): Promise<SignIn | undefined> {
    const signIn = await issuer.signIn(request.raw, reply.raw)
    return signIn?.uid === request.params.uid ? signIn : undefined
  }

  function proofOf({ uid }: SignIn): string {
    return secrets.requestHash('sign-in', uid)
  }

  interface Form {
    readonly signIn: SignIn
    readonly email: string
    readonly fault?: SignInFault
  }

  function sendForm(request: Request, reply: FastifyReply, { signIn, email, fault }: Form): FastifyReply {
    const language = languageFor(request, signIn.locales)
    const view = { language, app: signIn.client.name, proof: proofOf(signIn), email, ...(fault && { fault }) }
    return reply.headers(signInHeaders(signIn.redirectUri)).send(signInPage(view))
  }

  function sendOver(request: Request, reply: FastifyReply): FastifyReply {
    return reply
      .code(400)
      .headers(signInHeaders(''))
      .send(signInOverPage(languageFor(request, '')))
  }

  /** To the provider, which sends the browser on to the app. */
  async function sendBack(request: Request, reply: FastifyReply, account: string | undefined): Promise<FastifyReply> {
    const address = await issuer.finish({ request: request.raw, response: reply.raw }, account)
    return reply.header('cache-control', 'no-store').redirect(address, 303)
  }
}

function languageFor({ headers }: FastifyRequest, locales: string): Language {
  return languageOf(locales, headers['accept-language'] ?? '')
}
