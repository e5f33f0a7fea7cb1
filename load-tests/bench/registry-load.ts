import { carriedOverPoints, exchangeOffer } from './exchange-offer.ts'
import type { Installation } from './installation.ts'
import { apiClient, offer, type RegistryEntry } from './population/offer.ts'
import { passholder } from './population/passholder.ts'
import type { Population } from './population/population.ts'

/** What `PUT /registry/{kind}` takes at once. */
const ITEMS_MAX = 500
/** Requests under way: two keep the server busy while the next one is made. */
const CONCURRENCY = 2
/** The hub copies the registry's log; while it is behind, puts are refused for a moment. */
const ATTEMPTS_MAX = 60
const RETRY_AFTER_SECONDS_MAX = 5

export interface RegistryLoad {
  readonly passholders: number
  readonly seconds: number
}

/** Puts the whole population into the registry through the operator's door, as an import does. The time is that of the passholders. */
export async function loadRegistry(
  installation: Installation,
  population: Population,
  credentials: { id: string; secret: string },
): Promise<RegistryLoad> {
  const today = new Date().toISOString().slice(0, 10)
  const entries = [...offer(population, today), ...exchangeOffer(population), apiClient(population, credentials)]
  for (const [kind, group] of Map.groupBy(entries, ({ kind }) => kind)) {
    for (let i = 0; i < group.length; i += ITEMS_MAX) await put(installation, kind, dataOf(group.slice(i, i + ITEMS_MAX)))
  }
  const seconds = await putAll(installation, 'passholders', {
    count: population.passholders,
    itemOf: (index) => passholder(population, index),
  })
  return { passholders: population.passholders, seconds }
}

/** Gives the redeemers their points. The answer is the time it took, in seconds. */
export async function loadPoints(installation: Installation, population: Population): Promise<number> {
  const bonuses = [...carriedOverPoints(population)]
  return putAll(installation, 'bonuses', { count: bonuses.length, itemOf: (index) => bonuses[index] })
}

interface Items {
  readonly count: number
  readonly itemOf: (index: number) => unknown
}

async function putAll(installation: Installation, kind: string, { count, itemOf }: Items): Promise<number> {
  const startedAt = performance.now()
  let next = 0
  const work = async () => {
    while (next < count) {
      const from = next
      next = Math.min(from + ITEMS_MAX, count)
      await put(installation, kind, JSON.stringify(Array.from({ length: next - from }, (_, i) => itemOf(from + i))))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return (performance.now() - startedAt) / 1000
}

function dataOf(entries: readonly RegistryEntry[]): string {
  return JSON.stringify(entries.map(({ data }) => data))
}

/**
 * Waits when the registry says that it is full for now.
 * @throws {Error} naming the first item that was refused: a benchmark with half a registry would measure refusals.
 */
async function put(installation: Installation, kind: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${installation.api}/registry/${kind}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${installation.token('operator')}`, 'content-type': 'application/json' },
      body,
    })
    const answer = await response.text()
    if (response.ok && !answer.includes('"ok":false')) return
    if (response.status !== 503 || attempt === ATTEMPTS_MAX)
      throw new Error(`PUT /registry/${kind}: ${reasonOf(response, answer)}`)
    const seconds = Math.min(Number(response.headers.get('retry-after')) || 1, RETRY_AFTER_SECONDS_MAX)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}

function reasonOf(response: Response, answer: string): string {
  const refused = answer.indexOf('"ok":false')
  return `${response.status} ${answer.slice(Math.max(0, refused - 20), Math.max(0, refused) + 1000)}`
}
