import { randomUUID } from 'node:crypto'
import type { RequestEvent } from '@sveltejs/kit'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { choiceOf } from './lib/address.ts'

/** As app.html has it. */
const ROOT_TAG = '<html lang="nl" data-theme="system">'

const SERVER_ERRORS = 500

const SECURITY_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** Who reads; language and theme of the document, its security headers, and gzip: pages are sent without a proxy in front as well. */
export const handle: Handle = async ({ event, resolve }) => {
  await recognize(event)
  const { language, theme } = choiceOf(event.url.searchParams)
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace(ROOT_TAG, `<html lang="${language}" data-theme="${theme}">`),
  })
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response
  response.headers.set('cache-control', 'no-store')
  return packed(response, event.request)
}

/** A page that everybody may see is shown, too, while it cannot be said who somebody is. */
async function recognize({ locals, platform }: RequestEvent): Promise<void> {
  locals.principal = null
  locals.isUnavailable = false
  try {
    locals.principal = (await platform?.req.zuil?.principal()) ?? null
  } catch (error) {
    locals.isUnavailable = true
    platform?.req.zuil?.report(error, referenceOf())
  }
}

function referenceOf(): string {
  return randomUUID().slice(0, 8)
}

function packed(response: Response, request: Request): Response {
  response.headers.append('vary', 'accept-encoding')
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  if (!takesGzip || response.body === null || request.method !== 'GET') return response
  const headers = new Headers(response.headers)
  headers.set('content-encoding', 'gzip')
  headers.delete('content-length')
  headers.delete('etag')
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), { status: response.status, headers })
}

/**
 * What our code threw is logged under a reference, which the reader is given. An unknown address and a page for others are nobody's
 * error.
 */
export const handleError: HandleServerError = (caught) => {
  const { kind, error, event } = caught
  const isOurs = kind === 'unknown' || (caught.kind === 'app' && caught.error.status >= SERVER_ERRORS)
  if (!isOurs) return {}
  const reference = referenceOf()
  event.platform?.req.zuil?.report(error, reference)
  return { reference }
}
