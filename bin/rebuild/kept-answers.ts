import { type IdKey, type Position, parseTake, positionOfId, REQUEST_KEPT_MS, STOCK_COUNTER } from '@zuil/core'
import { encodeAnswer, encodeRedemptionAnswer, encodeSalesAnswer, type RestoredRequest } from '@zuil/ingest'
import type { StoredTransaction } from '@zuil/warehouse'

/** What the warehouse knows beside the transactions whose answers are restored. */
export interface AnswerFacts {
  readonly idKey: IdKey
  /** Balance of the holder now. */
  readonly total: (transaction: StoredTransaction['transaction']) => number
  /** Title that an event has now. */
  readonly title: (event: string) => string
}

/**
 * The answer that a check-in or a redemption got, for the request to come again; undefined for what came without request key,
 * and for ticket sales, which are answered together. It goes without the passholder's details.
 */
export function keptAnswer(row: StoredTransaction, { idKey, total, title }: AnswerFacts): RestoredRequest | undefined {
  const { transaction, recordedAt } = row
  const place = placeOf(row, idKey)
  if (!place) return undefined
  const { position, ...request } = place
  const kept = { ...request, keptUntil: recordedAt + REQUEST_KEPT_MS }
  switch (transaction.kind) {
    case 'CHECKIN': {
      const { event, points, flags } = transaction
      const values = flags.length > 0 ? [] : [total(transaction)]
      const answer = encodeAnswer({ event, title: title(event), points, flags })
      return { ...kept, outcome: { kind: 'committed', position, values, otherwise: false }, answer }
    }
    case 'REDEMPTION': {
      const { label = '', takes = [] } = transaction.exchange ?? {}
      const type = takes.some((take) => parseTake(take).counter === STOCK_COUNTER) ? 'POINTS' : 'WELCOME'
      const answer = encodeRedemptionAnswer({ code: label, limits: { type, points: 0 - transaction.points } })
      // Without values: the units that were given out are looked up again.
      return { ...kept, outcome: { kind: 'committed', position, values: [], otherwise: false }, answer }
    }
    case 'TICKET_SALE':
    case 'GRANT':
    case 'BONUS':
      return undefined
  }
}

interface SoldTicket {
  readonly position: Position
  readonly recordedAt: number
  readonly tariff: string
  readonly price: number
}

/** Puts the tickets of one request together again: they come in no order. */
export class SoldTogether {
  readonly #idKey: IdKey
  readonly #tickets = new Map<string, SoldTicket[]>()

  constructor(idKey: IdKey) {
    this.#idKey = idKey
  }

  add(row: StoredTransaction): void {
    const { transaction, recordedAt } = row
    const place = transaction.kind === 'TICKET_SALE' ? placeOf(row, this.#idKey) : undefined
    if (!place) return
    const { tariff = '', price = 0 } = transaction.exchange ?? {}
    const tickets = this.#tickets.get(transaction.request) ?? []
    tickets.push({ position: place.position, recordedAt, tariff, price })
    this.#tickets.set(transaction.request, tickets)
  }

  *answers(): Generator<RestoredRequest> {
    for (const [request, tickets] of this.#tickets) {
      const [id = '', fingerprint = ''] = request.split('.')
      const [first, ...others] = tickets.sort((a, b) => a.position.sequence - b.position.sequence)
      if (!first) continue
      const sold = [first, ...others].map(({ tariff, price }) => [tariff, price] as const)
      const { position, recordedAt } = first
      yield {
        id,
        fingerprint,
        lane: position.lane,
        keptUntil: recordedAt + REQUEST_KEPT_MS,
        outcome: { kind: 'committed', position, values: [], otherwise: false },
        answer: encodeSalesAnswer({ sold, guarded: [] }),
      }
    }
  }
}

interface RequestPlace extends Pick<RestoredRequest, 'id' | 'fingerprint' | 'lane'> {
  readonly position: Position
}

function placeOf({ id, transaction }: StoredTransaction, idKey: IdKey): RequestPlace | undefined {
  const [request, fingerprint] = transaction.request.split('.')
  const position = positionOfId(idKey, id)
  return request && fingerprint && position ? { id: request, fingerprint, lane: position.lane, position } : undefined
}
