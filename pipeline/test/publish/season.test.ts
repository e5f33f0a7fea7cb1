import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import { projectionOfOrganizer } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { benchmarkOf, CUBES, publishedReleases } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { NOW, placeWithFacts, publisherOn } from './installed-facts.ts'

const SEASON = parseReportingPeriod('2024-2025')
const ORGANIZERS = Array.from({ length: 60 }, (_, index) => `o${index}`)

test('a season that is published brings the benchmark of its organizers, also when it was cut short; what fails keeps nothing back', async () => {
  await using place = await placeWithFacts(600)
  const warehouse = await place.open()
  await warehouse.insert(
    'organizers',
    ORGANIZERS.map((id, sequence) => {
      const record = projectionOfOrganizer({ id, name: id, nis: 44000, cardSystems: [1] })
      return projectionRow({ lane: 0, ms: NOW, sequence }, record, { range: 1 }).line
    }),
  )
  const publisher = publisherOn(warehouse, { cubes: [CUBES['organizer-public']] })
  if (!SEASON) throw new Error('2024-2025 is a season')
  expect(await publisher.publish(SEASON)).toMatchObject({ state: 'PUBLISHED', release: 1 })
  const [release] = await publishedReleases(warehouse)
  if (!release) throw new Error('The release is there')
  const told = async () =>
    (await Promise.all(ORGANIZERS.map((organizer) => benchmarkOf(warehouse, { release, organizer })))).flat()
  const first = await told()
  expect(first.map(({ figure }) => figure)).toContain('holders')
  await warehouse.change('TRUNCATE TABLE benchmark_quartiles', {}, 'test')
  await publisher.publishDue()
  expect(await told()).toEqual(first)

  // from the first transaction on there is something to publish
  await warehouse.change(`INSERT INTO transactions (occurred_on) VALUES ('2025-06-01')`, {}, 'test')
  // whatever keeps one release from being made keeps none of the others back
  const tried: string[] = []
  const buildFacts = async ({ key }: ReportingPeriod) => {
    tried.push(key)
    throw new Error(`no facts of ${key}`)
  }
  const failing = publisherOn(warehouse, { cubes: [CUBES.sectors], buildFacts })
  await expect(failing.publishDue()).rejects.toThrow(/^no facts of/)
  expect(tried.length).toBeGreaterThan(1)

  // of what somebody publishes by hand while others wait there is no second release
  const due = tried.splice(0)
  expect(due).toContain('2025')
  let isByHand = false
  const byHand = async () => {
    if (isByHand) return
    isByHand = true
    const row = [9, '2026-02-01 08:00:00.000', 'PUBLISHED', 0, 'YEAR', '2025', 10, ['sectors'], 0, 0, '{}', 0, 0n] as const
    await warehouse.append('releases', [row])
  }
  await expect(failing.publishDue(() => byHand)).rejects.toThrow(/^no facts of/)
  expect(tried).toEqual(due.filter((key) => key !== '2025'))
})
