import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { FreshnessState, FreshnessView } from '../../lib/now-view.ts'
import { messagesOf } from '../../messages/languages.ts'
import type { Snapshot } from './now-feed.ts'

/** Loading takes a second at most in good health; above this a reader is told that it lags. */
const LIVE_LAG_MS = 10_000
/** Without progress for this long the figures are called old. */
const STALE_LAG_MS = 60_000
/** A failed look or two is noise; a source that fails for longer makes the figures old. */
const FAILING_STALE_MS = 10_000

export interface Freshness {
  readonly state: FreshnessState
  /** Epoch ms up to which the figures are complete; none before the first figures. */
  readonly completeUntil: number | undefined
  /** Ms between then and the look; 0 when unknown. */
  readonly lagMs: number
  readonly waiting: number
}

/** How fresh a snapshot is. While the source fails, its last watermark stands still and the lag grows. */
export function freshnessOf(snapshot: Snapshot): Freshness {
  if (!snapshot.latest) return { state: 'unavailable', completeUntil: undefined, lagMs: 0, waiting: 0 }
  const { completeUntil, waiting } = snapshot.latest.status
  const lagMs = Math.max(0, snapshot.at - completeUntil)
  const failingMs = snapshot.failingSince === undefined ? 0 : snapshot.at - snapshot.failingSince
  return { state: stateOf(lagMs, failingMs), completeUntil, lagMs, waiting }
}

function stateOf(lagMs: number, failingMs: number): FreshnessState {
  if (lagMs > STALE_LAG_MS || failingMs > FAILING_STALE_MS) return 'stale'
  return lagMs > LIVE_LAG_MS ? 'behind' : 'live'
}

export function freshnessView(snapshot: Snapshot, language: Language): FreshnessView {
  const messages = messagesOf(language).freshness
  const format = formatOf(language)
  const { state, completeUntil, lagMs, waiting } = freshnessOf(snapshot)
  return {
    state,
    sentence: completeUntil === undefined ? messages.none : messages.sentence(format.second(completeUntil)),
    remark: messages.remark(state, { lag: format.duration(lagMs), waiting, waitingText: format.count(waiting) }),
    completeUntil: completeUntil === undefined ? '' : new Date(completeUntil).toISOString(),
  }
}
