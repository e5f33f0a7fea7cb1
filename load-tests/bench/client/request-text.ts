import type { RequestPlan } from './job.ts'

/**
 * Stand-ins of the length of what is written over them before a request goes out: a card number, the id of an event or
 * reward, the number of the turn. Their letters occur in no token, id or member.
 */
export const BLANK = { number: '#'.repeat(13), item: '~'.repeat(36), sequence: '%'.repeat(24) } as const

/** Lines of a batch: bounded so that one request stays below the body limit. */
const LINES_MAX = 10_000

export interface RequestText {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Header fields beside host, authorization and length. */
  readonly fields: readonly string[]
  readonly body: string
}

/** The request of a plan, with blanks. */
export function requestText(plan: RequestPlan): RequestText {
  const json = ['content-type: application/json']
  switch (plan.kind) {
    case 'checkins': {
      const fields = [...json]
      if (plan.prefer !== undefined) fields.push(`prefer: ${plan.prefer}`)
      if (plan.isKeyed) fields.push(`idempotency-key: ${BLANK.sequence}`)
      return post('/checkins', fields, `{"eventId":"${BLANK.item}","uitpasNumber":"${BLANK.number}"}`)
    }
    case 'batches': {
      if (!(plan.lines >= 1 && plan.lines <= LINES_MAX)) throw new RangeError(`A batch has 1 to ${LINES_MAX} lines`)
      const line = `{"nonce":"${BLANK.sequence}","scannedAt":"${plan.scannedAt}","eventId":"${BLANK.item}","uitpasNumber":"${BLANK.number}"}\n`
      return post('/batches', ['content-type: application/x-ndjson'], line.repeat(plan.lines))
    }
    case 'ticket-sales': {
      const ticket = `{"uitpasNumber":"${BLANK.number}","eventId":"${BLANK.item}","regularPrice":12,"tariff":{"id":"SOCIALTARIFF"}}`
      return post('/ticket-sales', json, `[${ticket}]`)
    }
    case 'tariffs': {
      const query = `eventId=${BLANK.item}&uitpasNumber=${BLANK.number}&regularPrice=12`
      return { method: 'GET', path: `/tariffs?${query}`, fields: [], body: '' }
    }
    case 'redemptions':
    case 'hot-reward':
      return post('/rewards/redeemed', json, `{"rewardId":"${BLANK.item}","uitpasNumber":"${BLANK.number}"}`)
  }
}

function post(path: string, fields: readonly string[], body: string): RequestText {
  return { method: 'POST', path, fields, body }
}
