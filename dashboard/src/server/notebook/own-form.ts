import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LANGUAGE_PARAMETER } from '../../lib/language.ts'
import { THEME_PARAMETER } from '../../lib/theme.ts'
import type { Principal } from '../scope/principal.ts'
import type { Visitors } from '../scope/visitors.ts'

/** Our longest form has an address and a text of a few lines. */
const FORM_BYTES_MAX = 8 * 1024
/** Of a language or theme. */
const CHOICE_LENGTH_MAX = 20

/** Gives the address to go on to. */
export type FormHandler = (form: URLSearchParams, principal: Principal) => Promise<string>

export interface OwnFormOptions {
  readonly visitors: Pick<Visitors, 'principalOf'>
  /** Address of the dashboard as people type it. */
  readonly publicUrl: URL
}

/**
 * Takes forms of our own pages, sent by who signed in, and leads on to the address that the handler gives. A form of another site is
 * refused before its fields are looked at: browsers say where it comes from (Sec-Fetch-Site, else Origin), and the session's cookie
 * does not come along either.
 */
export async function ownForms(
  scope: FastifyInstance,
  { visitors, publicUrl }: OwnFormOptions,
  handlers: Readonly<Record<string, FormHandler>>,
): Promise<void> {
  scope.removeAllContentTypeParsers()
  const asText = { parseAs: 'string', bodyLimit: FORM_BYTES_MAX } as const
  scope.addContentTypeParser('application/x-www-form-urlencoded', asText, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  for (const [path, handle] of Object.entries(handlers)) {
    scope.post(path, async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      if (!isOwn(request, publicUrl)) return refused(reply, 'A form of another site changes nothing here')
      const principal = await visitors.principalOf(request.headers.cookie)
      if (!principal) return reply.redirect('/aanmelden', 303)
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
      return reply.redirect(await handle(form, principal), 303)
    })
  }
}

/** A page in the language and theme that the form came from, with what it has to say. */
export function backTo(path: string, form: URLSearchParams, said: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams(said)
  for (const name of [LANGUAGE_PARAMETER, THEME_PARAMETER]) {
    const value = form.get(name)
    if (value) parameters.set(name, value.slice(0, CHOICE_LENGTH_MAX))
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

function isOwn({ headers, host }: FastifyRequest, publicUrl: URL): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const origin = headers.origin === undefined ? null : URL.parse(headers.origin)
  return origin !== null && (origin.origin === publicUrl.origin || origin.host === host)
}

function refused(reply: FastifyReply, reason: string): FastifyReply {
  return reply.code(403).type('text/plain; charset=utf-8').send(`${reason}\n`)
}
