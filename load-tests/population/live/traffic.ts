import type { LiveAction } from './action.ts'
import { type LiveAnswer, outcomeOf } from './answer.ts'
import type { LivePlan } from './plan.ts'
import type { LiveRequest, RequestWriter } from './request.ts'
import { LiveTally } from './tally.ts'

/** Requests under way; when the API is slower than the rate, fewer actions happen. */
export const IN_FLIGHT_MAX = 64
/** After a pause of the machine nobody comes twice as fast to make up for it. */
const BEHIND_MAX_MS = 1_000
/** While nobody has anything to do, it is looked again this often. */
const IDLE_MS = 1_000

export interface TrafficOptions {
  readonly plan: LivePlan
  readonly requests: RequestWriter
  /** Answers with status 0 when nobody answered; never rejects. The key makes a repetition harmless. */
  readonly send: (request: LiveRequest, key: string) => Promise<LiveAnswer>
  /** Actions a second at an instant. */
  readonly rate: (now: number) => number
  /** Epoch ms. */
  readonly now: () => number
  /** A number in [0, 1): the times between two actions are drawn. */
  readonly share: () => number
  readonly newKey: () => string
  /** Resolves early when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Ends the traffic: nothing new begins, what is under way is waited for. */
  readonly signal: AbortSignal
  readonly onEnd: (tally: LiveTally) => void
}

/** Lets the population act until it is told to stop; gives how its actions ended. */
export async function runTraffic(options: TrafficOptions): Promise<LiveTally> {
  const { plan, rate, now, share, sleep, signal } = options
  const tally = new LiveTally()
  const underWay = new Set<Promise<void>>()
  let dueAt = now()
  while (!signal.aborted) {
    dueAt = Math.max(dueAt + (-Math.log(1 - share()) * 1_000) / rate(now()), now() - BEHIND_MAX_MS)
    if (dueAt > now()) await sleep(dueAt - now(), signal)
    if (signal.aborted) break
    const action = plan.next(now())
    if (!action) {
      await sleep(IDLE_MS, signal)
      continue
    }
    const acting = act(action, tally, options)
    underWay.add(acting)
    // act never rejects: the promise that follows it cannot either.
    void acting.then(() => underWay.delete(acting))
    if (underWay.size >= IN_FLIGHT_MAX) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  return tally
}

async function act(
  action: LiveAction,
  tally: LiveTally,
  { plan, requests, send, now, newKey, onEnd }: TrafficOptions,
): Promise<void> {
  const key = newKey()
  const outcome = outcomeOf(action, await send(requests.request(action, key), key))
  tally.add(action.kind, outcome)
  plan.ended(action, outcome, now())
  onEnd(tally)
}
