import { type CommitItem, checkGuards, type Guard } from '@zuil/core'
import { counterPlace, laneOf } from '@zuil/core/contracts/redis-keys'
import { type MarkGuard, markGuard, type ReservedCounter } from '@zuil/core/contracts/reservation'
import { type KeptShares, keepShares } from './kept-shares.ts'

/** An item whose entry stands in one lane while guards of it, or holders whose change makes it stale, are of other lanes. */
export interface SpanningItem {
  /** Names this attempt; a request that comes again is another one. */
  readonly id: string
  readonly item: CommitItem
  /** The lane that takes the entry. */
  readonly home: number
  readonly shares: readonly LaneShare[]
  readonly mark: MarkGuard
  /** The guard whose place the mark takes in the lane of the entry, -1 when every guard is of that lane. */
  readonly markIndex: number
}

/** What an item needs of one other lane. */
export interface LaneShare {
  readonly lane: number
  readonly guards: readonly ShareGuard[]
  readonly counters: readonly ReservedCounter[]
  /** Version of the registry that the decision saw there; undefined to check nothing. */
  readonly registryVersion: number | undefined
  readonly entities: readonly string[]
}

interface NumberedGuard {
  /** Which guard of the proposal. */
  readonly index: number
  readonly guard: Guard
}

export interface ShareGuard extends NumberedGuard {
  /** Which counter of the share. */
  readonly counter: number
}

/** How the other lanes answered: each guard's counter, or the first guard that failed. */
export type SharesOutcome =
  | { readonly kind: 'reserved'; readonly values: ReadonlyMap<number, number> }
  | { readonly kind: 'failed'; readonly index: number; readonly value: number }
  | { readonly kind: 'stale' }

/** Whether an item needs more than the lane that takes it. */
export function isSpanning({ owner, proposal, furtherVersions = [] }: CommitItem, lanes: number): boolean {
  const home = laneOf(owner, lanes)
  const isElsewhere = (guard: Guard): boolean => laneOf(guard.owner, lanes) !== home
  return (
    furtherVersions.length > 0 || proposal?.guards.some(isElsewhere) || proposal?.otherwise?.guards.some(isElsewhere) || false
  )
}

export interface CutOptions {
  readonly lanes: number
  readonly id: string
  /** Epoch ms. */
  readonly now: number
}

/** Cuts an item by lane. @throws {RangeError} for what no decision makes */
export function cutItem(item: CommitItem, { lanes, id, now }: CutOptions): SpanningItem {
  const { owner, proposal, furtherVersions = [], entities } = item
  if (proposal?.otherwise) throw new RangeError('A fact has guards of one holder only')
  const guards = proposal?.guards ?? []
  checkGuards(guards)
  const home = laneOf(owner, lanes)
  const versions = new Map(furtherVersions.map(({ lane, registryVersion }) => [lane, registryVersion]))
  const numbered = guards.map((guard, index): NumberedGuard => ({ guard, index }))
  const elsewhere = numbered.filter(({ guard }) => laneOf(guard.owner, lanes) !== home)
  const byLane = Map.groupBy(elsewhere, ({ guard }) => laneOf(guard.owner, lanes))
  const shares = [...new Set([...byLane.keys(), ...versions.keys()])].map((lane): LaneShare => {
    return { lane, ...shareOf(lanes, byLane.get(lane) ?? []), registryVersion: versions.get(lane), entities }
  })
  return { id, item, home, shares, mark: markGuard(id, owner, now), markIndex: elsewhere[0]?.index ?? -1 }
}

/**
 * A guard that holds a counter back from a bound counts at once, so that nobody passes the bound meanwhile. One that gives
 * back, or that nothing bounds, counts when the commit is known: by then somebody may have used what it gave.
 */
function countsAtOnce({ add, atMost, atLeast }: Guard): boolean {
  return add > 0 ? atMost !== undefined : add < 0 && atLeast !== undefined
}

function shareOf(lanes: number, guards: readonly NumberedGuard[]): Pick<LaneShare, 'guards' | 'counters'> {
  const counters: ReservedCounter[] = []
  const numbers = new Map<string, number>()
  const own = guards.map(({ index, guard }): ShareGuard => {
    const { key, field } = counterPlace(lanes, guard)
    const counter = numbers.get(`${key} ${field}`) ?? counters.length
    numbers.set(`${key} ${field}`, counter)
    const known = counters[counter] ?? { key, field, taken: 0, later: 0, expiresAt: guard.expiresAt ?? 0 }
    const counted = countsAtOnce(guard) ? { taken: known.taken + guard.add } : { later: known.later + guard.add }
    counters[counter] = { ...known, ...counted }
    return { index, guard, counter }
  })
  return { guards: own, counters }
}

/**
 * The item for the lane of the entry, guard for guard: those of other lanes are answered, so they ask nothing, but the first of
 * them leaves the mark. After a failure it asks what comes before the failed guard, and then fails at the same place.
 */
export function homeItem(spanning: SpanningItem, shares: Exclude<SharesOutcome, { kind: 'stale' }>): CommitItem {
  const { shares: lanes, mark, markIndex, id } = spanning
  const { furtherVersions: _asked, ...item } = spanning.item
  const { proposal, request, answer = '' } = item
  const elsewhere = new Set(lanes.flatMap(({ guards }) => guards.map(({ index }) => index)))
  const nothing: Guard = { ...mark, add: 0 }
  const failed: Guard = { ...mark, atMost: 0 }
  const guards = (proposal?.guards ?? []).map((guard, index) => (elsewhere.has(index) ? nothing : guard))
  const kept: KeptShares =
    shares.kind === 'reserved'
      ? { id, markIndex, values: shares.values }
      : { id, markIndex: -1, values: new Map([[shares.index, shares.value]]) }
  const asked =
    shares.kind === 'failed'
      ? [...guards.slice(0, shares.index), failed]
      : guards.map((guard, index) => (index === markIndex ? mark : guard))
  return {
    ...item,
    ...(proposal && { proposal: { ...proposal, guards: asked } }),
    ...(request && markIndex >= 0 && { answer: keepShares(kept, answer) }),
  }
}
