import { type Position, STOCK_COUNTER } from '@zuil/core'
import type { LoadResult } from './client/job.ts'
import type { Bench, Context } from './context.ts'
import { HOT_REWARD, HOT_REWARD_TITLE, HOT_REWARD_UNITS, rewardId } from './exchange-offer.ts'
import type { Figure, Target } from './figure.ts'
import { Journal } from './journal.ts'

const REDEEMERS = 20_000
/**
 * Redeemers who are asked about at the same time; as soon as one has an answer the next one comes. One process answers them
 * one after the other, so this many divided by what it does in a second is what each waits.
 */
const CONNECTIONS = 512
const LOAD_MAX_MS = 60_000
/** Redemptions of other rewards before it counts, so that the code is compiled, as it is at a service that runs. */
const WARM_UP_REQUESTS = 100_000
const REFUSED = 400

export const hotReward: Bench = {
  name: 'hot-reward',
  question: `When ${REDEEMERS} people want one of ${HOT_REWARD_UNITS} units at once, are exactly ${HOT_REWARD_UNITS} given out, and how fast are the answers?`,
  async run(context) {
    if (context.turnsLeft('hot-reward') < REDEEMERS) throw new RangeError(`hot-reward needs at least ${REDEEMERS} passholders`)
    await context.givePoints()
    await context.running('hub', false)
    await redeem(context, 'redemptions', WARM_UP_REQUESTS)
    using journal = await Journal.open(context.installation.ports.redis)
    const start = await journal.end()
    const result = await redeem(context, 'hot-reward', REDEEMERS)
    const places = await givenOut(context, journal, start)
    return [
      exactly('given out, by the answers', result.accepted, HOT_REWARD_UNITS),
      exactly('refused', result.statuses[REFUSED] ?? 0, REDEEMERS - HOT_REWARD_UNITS),
      ...places.map(({ place, units }) => exactly(`given out, by the ${place}`, units, HOT_REWARD_UNITS)),
      line('under way at once', CONNECTIONS, 'requests'),
      line('answered', result.requests / result.seconds, 'requests/s'),
      line('p50 of all answers', result.latency.p50 / 1000, 'ms'),
      line('p99 of all answers', result.latency.p99 / 1000, 'ms', { atMost: 100 }),
      line('longest of all answers', result.latency.max / 1000, 'ms'),
    ]
  },
}

function line(figure: string, value: number, unit: string, target?: Target): Figure {
  return { bench: 'hot-reward', figure, value, unit, ...(target && { target }) }
}

function exactly(figure: string, value: number, units: number): Figure {
  return line(figure, value, 'redemptions', { exactly: units })
}

async function redeem(context: Context, kind: 'redemptions' | 'hot-reward', requestsMax: number): Promise<LoadResult> {
  const request = { kind, first: 0 }
  const result = await context.load({ request, connections: CONNECTIONS, durationMs: LOAD_MAX_MS, requestsMax })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}

/** What was given out as everybody else sees it. The journal comes first: it is trimmed as the hub loads it. */
async function givenOut(context: Context, journal: Journal, start: Position): Promise<{ place: string; units: number }[]> {
  const id = rewardId(context.population, HOT_REWARD)
  let [inJournal, rewardNumber] = [0, 0]
  for await (const record of journal.recordsBehind(start)) {
    if (record.kind !== 'transaction' || record.transaction.exchange?.reward !== id) continue
    inJournal++
    rewardNumber = record.transaction.exchange.rewardNumber
  }
  const counter = await journal.counter(STOCK_COUNTER, rewardNumber)
  await context.running('hub', true)
  await journal.loadedUpTo(await journal.end(), LOAD_MAX_MS)
  // a redemption belongs to no event, and that is what the hub searches by
  const inWarehouse = await context.installation.countInWarehouse({
    eventNumber: 0,
    kinds: ['REDEMPTION'],
    rewardTitle: HOT_REWARD_TITLE,
  })
  return [
    { place: 'journal', units: inJournal },
    { place: 'counter of the stock', units: counter },
    { place: 'warehouse', units: inWarehouse },
  ]
}
