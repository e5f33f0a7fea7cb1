import { apiClient, offer, type RegistryEntry } from '../population/offer.ts'
import { passholder } from '../population/passholder.ts'
import type { Population } from '../population/population.ts'
import type { Installation } from './installation.ts'

/** What `PUT /registry/{kind}` takes at once. */
const ITEMS_MAX = 500
/** Requests under way: two keep the server busy while the next one is made. */
const CONCURRENCY = 2

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
  const entries = [...offer(population, today), apiClient(population, credentials)]
  for (const [kind, group] of Map.groupBy(entries, ({ kind }) => kind)) {
    for (let i = 0; i < group.length; i += ITEMS_MAX) await put(installation, kind, dataOf(group.slice(i, i + ITEMS_MAX)))
  }
  const startedAt = performance.now()
  let next = 0
  const work = async () => {
    while (next < population.passholders) {
      const from = next
      next = Math.min(from + ITEMS_MAX, population.passholders)
      const items = Array.from({ length: next - from }, (_, i) => JSON.stringify(passholder(population, from + i)))
      await put(installation, 'passholders', `[${items.join(',')}]`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return { passholders: population.passholders, seconds: (performance.now() - startedAt) / 1000 }
}

function dataOf(entries: readonly RegistryEntry[]): string {
  return JSON.stringify(entries.map(({ data }) => data))
}

/** @throws {Error} naming the first item that was refused: a benchmark with half a registry would measure refusals. */
async function put(installation: Installation, kind: string, body: string): Promise<void> {
  const response = await fetch(`${installation.api}/registry/${kind}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${installation.token('operator')}`, 'content-type': 'application/json' },
    body,
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`PUT /registry/${kind}: ${response.status} ${answer.slice(0, 1000)}`)
}
