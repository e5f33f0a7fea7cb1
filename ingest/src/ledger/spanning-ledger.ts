import type { CommitItem, CommitOutcome, Ledger } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { markOf } from '@zuil/core/contracts/reservation'
import { takeShares, wholeOutcome } from './kept-shares.ts'
import { LedgerError } from './ledger-error.ts'
import type { LedgerHealth } from './redis-ledger.ts'
import type { Ending, ReservationStore, ShareReply } from './reservation-store.ts'
import { cutItem, homeItem, isSpanning, type LaneShare, type SharesOutcome, type SpanningItem } from './spanning-item.ts'

/** Items over several lanes that are under way at once: some two seconds of work. */
export const SPANNING_MAX = 20_000

export interface SpanningLedgerOptions {
  /** Commits entries of one lane. */
  readonly inner: Ledger & { readonly health: LedgerHealth }
  readonly store: ReservationStore
  readonly lanes: number
  /** Epoch ms. */
  readonly now: () => number
  /** A new id for each reservation, hexadecimal. */
  readonly newId: () => string
}

/**
 * A ledger of several lanes. What needs one lane only goes to `inner` as it is. For the rest it first reserves in the other lanes,
 * then commits in the lane of the entry, then settles or releases; what a crash leaves in between is for the ReservationSweeper. Items
 * over several lanes are decided side by side: in one call they keep no order.
 */
export class SpanningLedger implements Ledger {
  readonly #options: SpanningLedgerOptions
  /** What nobody waits for; ended before the ledger closes. */
  readonly #background = new Set<Promise<void>>()
  #open = 0

  constructor(options: SpanningLedgerOptions) {
    this.#options = options
  }

  async commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    const { lanes } = this.#options
    const plain = items.filter((item) => !isSpanning(item, lanes))
    if (plain.length === items.length) return await this.#commitPlain(items)
    if (this.#open + this.#background.size + items.length - plain.length > SPANNING_MAX) {
      throw new LedgerError('overloaded', `More than ${SPANNING_MAX} items over several lanes are under way`)
    }
    const cut = new Map(items.flatMap((item, index) => (isSpanning(item, lanes) ? [[index, this.#cut(item)] as const] : [])))
    const [spanned, others] = await Promise.all([
      Promise.all([...cut.values()].map((item) => this.#commitSpanning(item))),
      this.#commitPlain(plain),
    ])
    const rest = [spanned.values(), others.values()] as const
    // Both hold an outcome for each of their items.
    return items.map((_, index) => rest[cut.has(index) ? 0 : 1].next().value as CommitOutcome)
  }

  get health(): LedgerHealth {
    const { ready, reason, waiting } = this.#options.inner.health
    const { trouble } = this.#options.store
    return { ready: ready && trouble === '', reason: ready ? trouble : reason, waiting: waiting + this.#open }
  }

  /** Resolves when nothing is under way in the background. */
  async settled(): Promise<void> {
    await Promise.all(this.#background)
  }

  #cut(item: CommitItem): SpanningItem {
    const { lanes, now, newId } = this.#options
    return cutItem(item, { lanes, id: newId(), now: now() })
  }

  async #commitPlain(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    if (items.length === 0) return []
    const outcomes = await this.#options.inner.commit(items)
    if (outcomes.every(({ kind }) => kind !== 'replayed')) return outcomes
    // One outcome for each item.
    return await Promise.all(outcomes.map((outcome, index) => this.#replayed(outcome, items[index] as CommitItem)))
  }

  async #commitSpanning(spanning: SpanningItem): Promise<CommitOutcome> {
    this.#open++
    try {
      const shares = await this.#reserve(spanning)
      if (shares.kind === 'stale') return shares
      const outcome = await this.#commitHome(spanning, shares)
      if (shares.kind === 'reserved') await this.#end(spanning, outcome.kind === 'committed' ? 'settle' : 'release')
      return await this.#whole(spanning, shares, outcome)
    } finally {
      this.#open--
    }
  }

  /** All lanes or none; the first guard that fails counts, as if there were one lane. */
  async #reserve(spanning: SpanningItem): Promise<SharesOutcome> {
    const replies = await Promise.allSettled(spanning.shares.map((share) => this.#options.store.reserve(spanning, share)))
    const shares = spanning.shares.map((share, index) => ({ share, reply: replies[index] }))
    const reserved = shares.flatMap(({ share, reply }) =>
      reply?.status === 'fulfilled' && reply.value.kind === 'reserved' ? [{ share, values: reply.value.values }] : [],
    )
    if (reserved.length === shares.length) {
      const values = reserved.flatMap(({ share, values }) =>
        share.guards.map(({ index }, at): [number, number] => [index, values[at] ?? 0]),
      )
      return { kind: 'reserved', values: new Map(values) }
    }
    const taken = reserved.map(({ share }) => share)
    await this.#endShares(spanning.id, 'release', taken)
    for (const { reply } of shares) if (reply?.status === 'rejected') throw reply.reason
    return firstFailure(
      shares.flatMap(({ share, reply }) => (reply?.status === 'fulfilled' ? [{ share, reply: reply.value }] : [])),
    )
  }

  async #commitHome(spanning: SpanningItem, shares: Exclude<SharesOutcome, { kind: 'stale' }>): Promise<CommitOutcome> {
    try {
      const [outcome] = await this.#options.inner.commit([homeItem(spanning, shares)])
      if (!outcome) throw new Error('An item ended without an outcome')
      return outcome
    } catch (error) {
      // Only what certainly was not committed is given back; of the rest the sweeper finds out.
      const isCertain = error instanceof RangeError || (error instanceof LedgerError && error.code === 'overloaded')
      if (isCertain && shares.kind === 'reserved') await this.#end(spanning, 'release')
      throw error
    }
  }

  /** Never rejects: what is left is for the sweeper. Waits for what changes a counter. */
  async #end(spanning: SpanningItem, ending: Ending): Promise<void> {
    if (ending === 'release') {
      await this.#endShares(spanning.id, ending, spanning.shares)
      return
    }
    const settled = this.#settle(spanning)
    const isWaitedFor = spanning.shares.some(({ counters }) => counters.some(({ later }) => later !== 0))
    if (isWaitedFor) {
      await settled
      return
    }
    this.#background.add(settled)
    void settled.then(() => this.#background.delete(settled))
  }

  async #settle({ id, shares, mark, home }: SpanningItem): Promise<void> {
    const areEnded = await this.#endShares(id, 'settle', shares)
    // Nobody will ask how it ended any more. A mark that stays expires.
    if (areEnded) await this.#options.store.dropMark(markOf(mark, home)).catch(() => {})
  }

  async #endShares(id: string, ending: Ending, shares: readonly LaneShare[]): Promise<boolean> {
    const reserved = shares.filter(({ guards }) => guards.length > 0)
    const ended = await Promise.allSettled(reserved.map((share) => this.#options.store.end(id, ending, share)))
    return reserved.length > 0 && ended.every(({ status }) => status === 'fulfilled')
  }

  async #whole(
    spanning: SpanningItem,
    shares: Exclude<SharesOutcome, { kind: 'stale' }>,
    outcome: CommitOutcome,
  ): Promise<CommitOutcome> {
    if (outcome.kind === 'replayed') return await this.#replayed(outcome, spanning.item)
    const isReserved = shares.kind === 'reserved'
    const values = isReserved ? shares.values : new Map([[shares.index, shares.value]])
    const whole = wholeOutcome(outcome, { markIndex: isReserved ? spanning.markIndex : -1, values })
    if (whole) return whole
    const kept = homeItem(spanning, shares).answer
    throw await this.#abandoned(spanning.item, kept)
  }

  /** Gives a kept answer back as it was given. */
  async #replayed(outcome: CommitOutcome, item: CommitItem): Promise<CommitOutcome> {
    if (outcome.kind !== 'replayed') return outcome
    const taken = takeShares(outcome.answer)
    if (!taken) return outcome
    const first = wholeOutcome(outcome.outcome, taken.kept)
    if (first) return { kind: 'replayed', outcome: first, answer: taken.answer }
    throw await this.#abandoned(item, outcome.answer)
  }

  /** The attempt came too late; without its trace under the request key the next one is judged by itself. */
  async #abandoned({ owner, request }: CommitItem, kept: string | undefined): Promise<LedgerError> {
    const { store, lanes } = this.#options
    if (request && kept !== undefined) await store.forget(laneOf(owner, lanes), request.id, kept)
    return new LedgerError('unavailable', 'It took too long; nothing was journalled, so try again')
  }
}

function firstFailure(answered: readonly { readonly share: LaneShare; readonly reply: ShareReply }[]): SharesOutcome {
  if (answered.some(({ reply }) => reply.kind === 'stale')) return { kind: 'stale' }
  const failures = answered.flatMap(({ share, reply }) => {
    const guard = reply.kind === 'failed' ? share.guards[reply.at] : undefined
    return guard && reply.kind === 'failed' ? [{ kind: 'failed' as const, index: guard.index, value: reply.value }] : []
  })
  const [first] = failures.sort((a, b) => a.index - b.index)
  if (!first) throw new LedgerError('unhealthy', 'A reservation ended without a reason')
  return first
}
