import type { EndUserMessage } from './messages.ts'
import type { SchemaError } from './schema-error.ts'

/**
 * Every problem that an answer can carry: type, title and status as the official API has them. A title of a code that
 * the official documents leave without one follows the pattern of the others. `readStatus` is the status on GET and
 * DELETE where it differs: what is not found is 400 on the calls that post, 404 on those that look up.
 */
const UITPAS = 'https://api.publiq.be/probs/uitpas/'
const GENERIC = 'https://api.publiq.be/probs/'
/** Ours: the official API has no such problem. */
const ZUIL = 'urn:zuil:problem:'

interface ProblemDefinition {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly readStatus?: number
}

export const PROBLEMS = {
  'body/missing': { type: `${GENERIC}body/missing`, title: 'Body missing', status: 400 },
  'body/invalid-syntax': { type: `${GENERIC}body/invalid-syntax`, title: 'Invalid body syntax', status: 400 },
  'body/invalid-data': { type: `${GENERIC}body/invalid-data`, title: 'Invalid body data', status: 400 },
  'header/missing': { type: `${GENERIC}header/missing`, title: 'Header missing', status: 400 },
  'header/invalid': { type: `${GENERIC}header/invalid`, title: 'Header invalid', status: 400 },
  'header/not-acceptable': { type: `${GENERIC}header/not-acceptable`, title: 'Not Acceptable', status: 406 },
  'header/unsupported-media-type': {
    type: `${GENERIC}header/unsupported-media-type`,
    title: 'Unsupported Media Type',
    status: 415,
  },
  'url/not-found': { type: `${GENERIC}url/not-found`, title: 'Not Found', status: 404 },
  'url/query-limit-exceeded': { type: `${GENERIC}url/query-limit-exceeded`, title: 'Query limit exceeded', status: 400 },
  'method/not-allowed': { type: `${GENERIC}method/not-allowed`, title: 'Method not allowed', status: 405 },
  'auth/unauthorized': { type: `${GENERIC}auth/unauthorized`, title: 'Unauthorized', status: 401 },
  'auth/forbidden': { type: `${GENERIC}auth/forbidden`, title: 'Forbidden', status: 403 },
  'card-blocked': { type: `${UITPAS}card-blocked`, title: 'Card blocked', status: 400 },
  'cardsystem-not-found': { type: `${UITPAS}cardsystem-not-found`, title: 'Card system not found', status: 400, readStatus: 404 },
  'checkin-not-allowed': { type: `${UITPAS}checkin-not-allowed`, title: 'Check-in not allowed', status: 400 },
  'checkin-code-expired': { type: `${UITPAS}checkin-code-expired`, title: 'Check-in code expired', status: 400 },
  'checkin-code-invalid': { type: `${UITPAS}checkin-code-invalid`, title: 'Check-in code invalid', status: 400 },
  'client-not-found': { type: `${UITPAS}client-not-found`, title: 'Client not found', status: 404 },
  'distributionkey-not-found': { type: `${UITPAS}distributionkey-not-found`, title: 'Distribution key not found', status: 400 },
  'event-already-has-ticketsales': {
    type: `${UITPAS}event-already-has-ticketsales`,
    title: 'Event already has ticket sales',
    status: 400,
  },
  'event-not-acceptable': { type: `${UITPAS}event-not-acceptable`, title: 'Event not acceptable', status: 400 },
  'event-not-found': { type: `${UITPAS}event-not-found`, title: 'Event not found', status: 400, readStatus: 404 },
  'group-not-found': { type: `${UITPAS}group-not-found`, title: 'Group not found', status: 400 },
  'invalid-card': { type: `${UITPAS}invalid-card`, title: 'Invalid card', status: 400 },
  'invalid-card-status': { type: `${UITPAS}invalid-card-status`, title: 'Invalid card status', status: 400 },
  'invalid-card-system': { type: `${UITPAS}invalid-card-system`, title: 'Invalid card system', status: 400 },
  'invalid-coupon': { type: `${UITPAS}invalid-coupon`, title: 'Invalid coupon', status: 400 },
  'invalid-distributionkey': { type: `${UITPAS}invalid-distributionkey`, title: 'Invalid distribution key', status: 400 },
  'invalid-number-of-tickets': { type: `${UITPAS}invalid-number-of-tickets`, title: 'Invalid number of tickets', status: 400 },
  'invalid-postal-code': { type: `${UITPAS}invalid-postal-code`, title: 'Invalid postal code', status: 400 },
  'invalid-insz-number': { type: `${UITPAS}invalid-insz-number`, title: 'Invalid insz number', status: 400 },
  'invalid-uitpas-number': { type: `${UITPAS}invalid-uitpas-number`, title: 'Invalid uitpas number', status: 400 },
  /** The other spelling of the official documents; see ZUIL_NUMBER_PROBLEM. */
  'invalid-uitpasnumber': { type: `${UITPAS}invalid-uitpasnumber`, title: 'UiTPAS number invalid', status: 400 },
  'kiosk-already-configured': { type: `${UITPAS}kiosk-already-configured`, title: 'Kiosk already configured', status: 400 },
  'kiosk-device-already-in-use': {
    type: `${UITPAS}kiosk-device-already-in-use`,
    title: 'Kiosk device already in use',
    status: 400,
  },
  'kiosk-not-found': { type: `${UITPAS}kiosk-not-found`, title: 'Kiosk not found', status: 400 },
  'maximum-reached': { type: `${UITPAS}maximum-reached`, title: 'Maximum reached', status: 400 },
  'organizer-not-found': { type: `${UITPAS}organizer-not-found`, title: 'Organizer not found', status: 400, readStatus: 404 },
  'pass-not-found': { type: `${UITPAS}pass-not-found`, title: 'Pass not found', status: 404 },
  'passholder-blocked': { type: `${UITPAS}passholder-blocked`, title: 'Passholder blocked', status: 400 },
  'passholder-no-active-cardsystems': {
    type: `${UITPAS}passholder-no-active-cardsystems`,
    title: 'Passholder has no active cardsystem memberships',
    status: 400,
  },
  'passholder-new-membership-error': {
    type: `${UITPAS}passholder-new-membership-error`,
    title: 'Passholder new membership error',
    status: 400,
  },
  'passholder-not-found': { type: `${UITPAS}passholder-not-found`, title: 'Passholder not found', status: 400, readStatus: 404 },
  'postal-code-not-in-card-system': {
    type: `${UITPAS}postal-code-not-in-card-system`,
    title: 'Postal code not in card system',
    status: 400,
  },
  'postal-code-required': { type: `${UITPAS}postal-code-required`, title: 'Postal code required', status: 400 },
  'rate-limited': { type: `${UITPAS}rate-limited`, title: 'Rate limited', status: 429 },
  'report-not-found': { type: `${UITPAS}report-not-found`, title: 'Report not found', status: 404 },
  'reward-invalid-redeem-type': { type: `${UITPAS}reward-invalid-redeem-type`, title: 'Reward Invalid Redeem Type', status: 400 },
  'reward-not-editable': { type: `${UITPAS}reward-not-editable`, title: 'Reward not editable', status: 400 },
  'reward-not-found': { type: `${UITPAS}reward-not-found`, title: 'Reward not found', status: 400, readStatus: 404 },
  'reward-passholder-no-applicable-cardsystems': {
    type: `${UITPAS}reward-passholder-no-applicable-cardsystems`,
    title: 'Reward Passholder No Applicable Cardsystems',
    status: 400,
  },
  'reward-passholder-points-constraint': {
    type: `${UITPAS}reward-passholder-points-constraint`,
    title: 'Reward Passholder Points Constraint',
    status: 400,
  },
  'reward-passholder-volume-constraint': {
    type: `${UITPAS}reward-passholder-volume-constraint`,
    title: 'Reward Passholder Volume Constraint',
    status: 400,
  },
  'reward-period-constraint': { type: `${UITPAS}reward-period-constraint`, title: 'Reward Period Constraint', status: 400 },
  'reward-volume-constraint': { type: `${UITPAS}reward-volume-constraint`, title: 'Reward Volume Constraint', status: 400 },
  'social-tariff-expired': { type: `${UITPAS}social-tariff-expired`, title: 'Social tariff expired', status: 400 },
  'social-tariff-not-available': {
    type: `${UITPAS}social-tariff-not-available`,
    title: 'Social tariff not available',
    status: 400,
  },
  'social-tariff-suspended': { type: `${UITPAS}social-tariff-suspended`, title: 'Social tariff suspended', status: 400 },
  'ticket-sale-not-found': { type: `${UITPAS}ticket-sale-not-found`, title: 'Ticket sale not found', status: 404 },
  'answer-too-large': { type: `${ZUIL}answer-too-large`, title: 'Answer too large', status: 400 },
  'body-too-large': { type: `${ZUIL}body-too-large`, title: 'Body too large', status: 413 },
  'dimensions-not-crossed': { type: `${ZUIL}dimensions-not-crossed`, title: 'These dimensions are not crossed', status: 400 },
  'event-over': { type: `${ZUIL}event-over`, title: 'Event is over', status: 400 },
  'idempotency-key-reused': {
    type: `${ZUIL}idempotency-key-reused`,
    title: 'Idempotency key used before for another request',
    status: 422,
  },
  'invalid-query': { type: `${ZUIL}invalid-query`, title: 'Invalid query', status: 400 },
  'not-implemented': { type: `${ZUIL}not-implemented`, title: 'Not Implemented', status: 501 },
  'outside-scope': { type: `${ZUIL}outside-scope`, title: 'Outside of what you may read', status: 403 },
  overloaded: { type: `${ZUIL}overloaded`, title: 'Too busy, try again later', status: 503 },
  'period-not-published': { type: `${ZUIL}period-not-published`, title: 'Period not published', status: 404 },
  'places-not-added': { type: `${ZUIL}places-not-added`, title: 'These places are not added up', status: 400 },
  'request-timeout': { type: `${ZUIL}request-timeout`, title: 'Request took too long', status: 408 },
  'unknown-measure': { type: `${ZUIL}unknown-measure`, title: 'Unknown measure', status: 404 },
  'internal-error': { type: 'about:blank', title: 'Internal Server Error', status: 500 },
  'bad-gateway': { type: 'about:blank', title: 'Bad Gateway', status: 502 },
} as const satisfies Record<string, ProblemDefinition>

export type ProblemCode = keyof typeof PROBLEMS

/** RFC 7807 document (`application/problem+json`); other members may be added by the route, e.g. `cardStatus`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly endUserMessage?: EndUserMessage
  readonly schemaErrors?: readonly SchemaError[]
  /** What the query may say instead. */
  readonly allowed?: readonly string[]
}

export interface ProblemDetails {
  readonly detail?: string
  readonly endUserMessage?: EndUserMessage
  readonly schemaErrors?: readonly SchemaError[]
  readonly allowed?: readonly string[]
  /** The problem answers a GET or a DELETE: what is not found is 404 there. */
  readonly onRead?: boolean
}

/** The problem document of a code. */
export function problem(code: ProblemCode, details: ProblemDetails = {}): Problem {
  const definition: ProblemDefinition = PROBLEMS[code]
  const { detail, endUserMessage, schemaErrors, allowed, onRead = false } = details
  return {
    type: definition.type,
    title: definition.title,
    status: (onRead ? definition.readStatus : undefined) ?? definition.status,
    ...(detail !== undefined && { detail }),
    ...(endUserMessage && { endUserMessage }),
    ...(schemaErrors && { schemaErrors }),
    ...(allowed && { allowed }),
  }
}
