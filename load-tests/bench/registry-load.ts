import { putEntries, putItems } from '../installation/registry-door.ts'
import { carriedOverPoints, exchangeOffer } from './exchange-offer.ts'
import type { Installation } from './installation.ts'
import { apiClient, offer } from './population/offer.ts'
import { passholder } from './population/passholder.ts'
import type { Population } from './population/population.ts'

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
  for (const group of Map.groupBy(entries, ({ kind }) => kind).values()) await putEntries(installation, group)
  const startedAt = performance.now()
  await putItems(installation, 'passholders', {
    count: population.passholders,
    itemOf: (index) => passholder(population, index),
  })
  const seconds = (performance.now() - startedAt) / 1000
  return { passholders: population.passholders, seconds }
}

/** Gives the redeemers their points. The answer is the time it took, in seconds. */
export async function loadPoints(installation: Installation, population: Population): Promise<number> {
  const bonuses = [...carriedOverPoints(population)]
  const startedAt = performance.now()
  await putItems(installation, 'bonuses', { count: bonuses.length, itemOf: (index) => bonuses[index] })
  return (performance.now() - startedAt) / 1000
}
