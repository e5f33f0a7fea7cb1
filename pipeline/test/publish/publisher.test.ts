import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import { CUBES, publishedCells, publishedReleases, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUBLISH_STEPS, PublisherStopped, type PublishOutcome } from '../../src/index.ts'
import { type ReleaseOrder, ReleaseWork } from '../../src/publish/release-work.ts'
import { type FactsPlace, fillFacts, KILLED_CUBES, NOW, placeWithFacts, publisherOn, SECRET } from './installed-facts.ts'
import { drawPeople } from './synthetic-truth.ts'
import { workHere } from './work-here.ts'

const YEAR = periodOf('2025')

describe('A release', () => {
  let place: FactsPlace
  let warehouse: Warehouse
  let outcome: PublishOutcome

  beforeAll(async () => {
    place = await placeWithFacts()
    warehouse = await place.open()
    outcome = await publisherOn(warehouse).publish(YEAR)
  })

  afterAll(async () => {
    await place[Symbol.asyncDispose]()
  })

  test('is published with everything that may be seen, and recovers nothing', async () => {
    expect(outcome).toMatchObject({ state: 'PUBLISHED', release: 1, period: '2025', kept: 0 })
    expect(outcome.report.recovered).toEqual([])
    const [release] = await publishedReleases(warehouse)
    expect(release).toMatchObject({
      release: 1,
      period: '2025',
      threshold: 10,
      provisional: false,
      contentHash: String(outcome.content.hash),
    })
    const query = { release: 1, cube: 'holders', columns: ['people'], dimensions: [{ id: 'tariff', members: ['KT', 'OTHER'] }] }
    const cells = await publishedCells(warehouse, { ...query, places: ['all', 'municipality:44000'] })
    expect(cells.map(({ value, status }) => [value % 5, status])).toEqual([
      [0, 'ok'],
      [0, 'ok'],
      [0, 'ok'],
      [0, 'ok'],
    ])
  })

  test('leaves no true number, no key and no withheld cell in any table', async () => {
    expect(await warehouse.query('SELECT count() AS rows FROM record_keys', {}, 'test')).toEqual([{ rows: 0 }])
    const odd =
      "SELECT count() AS rows FROM published_cells WHERE column = 'people' AND (value % 5 != 0 OR value < 10 OR status != 'ok')"
    expect(await warehouse.query(odd, {}, 'test')).toEqual([{ rows: 0 }])
  })

  test('Attack 14: the secret stands in no file of the warehouse, and in no row, which files have packed', async () => {
    const marks = [SECRET, Buffer.from(SECRET.toString('hex')), Buffer.from(SECRET.toString('base64'))]
    for (const entry of await readdir(place.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
      for (const mark of marks) expect(bytes.includes(mark), entry.name).toBe(false)
    }
    const tables = await warehouse.query<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND total_rows > 0",
      {},
      'test',
    )
    expect(tables.map(({ name }) => name)).toContain('releases')
    for (const { name } of tables) {
      for await (const lines of warehouse.lines(`SELECT * FROM ${name}`, {}, 'test'))
        for (const mark of marks) expect(lines.includes(mark.toString()), name).toBe(false)
    }
  })

  test('is audited from what is stored, with numbers that are counted anew', async () => {
    const [release] = await publishedReleases(warehouse)
    const report = release && (await publisherOn(warehouse).audit(release))
    expect(report).toMatchObject({ recovered: [], isIntact: true })
    expect(report?.reconstruction.small).toBeGreaterThan(100)
  })

  test('of the same period is a revision: one holder more moves nothing', async () => {
    const before = await peopleOf(warehouse, 1)
    await fillFacts(warehouse, [...drawPeople(21, 1_500), ...drawPeople(5, 1).map((person) => ({ ...person, holder: 1_600 }))])
    const second = await publisherOn(warehouse).publish(YEAR)
    expect(second).toMatchObject({ state: 'PUBLISHED', release: 2 })
    expect(second.kept).toBeGreaterThan(500)
    const now = await peopleOf(warehouse, 2)
    expect([...now].filter(([cell, value]) => before.get(cell) !== value)).toEqual([])
  })

  test('whose audit recovers something is not published, and the release before stays', async () => {
    const found = { attack: 1, cell: 'holders municipality:44011', detail: 'is known to be 3 to 4' } as const
    const attack = () => ({
      recovered: [found],
      counts: { 1: 1 },
      reconstruction: { small: 0, hits: 0, blind: 0 },
      isIntact: true,
    })
    const startWork = (order: ReleaseOrder) => workHere(new ReleaseWork(order, attack))
    const failed = await publisherOn(warehouse, { startWork }).publish(YEAR)
    expect(failed).toMatchObject({ state: 'FAILED', report: { recovered: [found] } })
    expect((await publishedReleases(warehouse)).map(({ release }) => release)).toEqual([1, 2])
    expect(await peopleOf(warehouse, failed.release)).toEqual(new Map())
    const kept = await warehouse.query<{ audit: string }>("SELECT audit FROM releases WHERE state = 'FAILED'", {}, 'test')
    expect(kept.map(({ audit }) => JSON.parse(audit).recovered)).toEqual([{ 1: 1 }])
    expect(kept[0]?.audit).not.toContain('municipality')
  })

  test('of a period that is not over is refused, and so is a threshold that protects nobody', async () => {
    const publisher = publisherOn(warehouse, { clock: () => Date.UTC(2025, 11, 31, 12) })
    await expect(publisher.publish(YEAR)).rejects.toMatchObject({ name: 'PublishRefusal', message: '2025 is not over yet' })
    await expect(publisherOn(warehouse).publish(YEAR, { threshold: 4 })).rejects.toThrow('5 at least')
    await expect(publisherOn(warehouse).publish(YEAR, { provisional: true })).rejects.toThrow('final release already')
  })

  test('is never due by itself where no transaction has come yet', async () => {
    expect(await warehouse.query('SELECT count() AS rows FROM transactions', {}, 'test')).toEqual([{ rows: 0 }])
    expect(await publisherOn(warehouse).publishDue()).toEqual([])
  })

  test('ends at once when Zuil stops: nothing of it is left, and afterwards nothing begins', async () => {
    const before = await publishedReleases(warehouse)
    const publisher = publisherOn(warehouse, {
      // the thread is in the middle of its work then
      onStep: (step) => {
        if (step === 'counted') stopped = publisher.stop()
      },
    })
    let stopped: Promise<void> | undefined
    await expect(publisher.publish(YEAR)).rejects.toBeInstanceOf(PublisherStopped)
    await stopped
    await expect(publisher.publish(YEAR)).rejects.toBeInstanceOf(PublisherStopped)
    expect(await warehouse.query('SELECT count() AS rows FROM record_keys', {}, 'test')).toEqual([{ rows: 0 }])
    expect(await publishedReleases(warehouse)).toEqual(before)
  })

  test('ends while the warehouse counts for it, without waiting for that', async () => {
    const endless = 'SELECT count() AS rows FROM numbers(1000000000000) WHERE cityHash64(number) = 1'
    const buildFacts = async () => {
      for await (const _ of warehouse.lines(endless, {}, 'facts'));
    }
    const publisher = publisherOn(warehouse, { buildFacts })
    const published = publisher.publish(YEAR)
    const isRunning = "SELECT count() AS rows FROM system.processes WHERE query LIKE '/* facts%'"
    await expect.poll(() => warehouse.query(isRunning, {}, 'test')).toEqual([{ rows: 1 }])
    await Promise.all([publisher.stop(), expect(published).rejects.toBeInstanceOf(PublisherStopped)])
    expect(await warehouse.query(isRunning, {}, 'test')).toEqual([{ rows: 0 }])
  })

  test('that two ask for at once is made one after the other', async () => {
    const publisher = publisherOn(warehouse)
    const [one, two] = await Promise.all([publisher.publish(YEAR), publisher.publish(YEAR)])
    expect(two.release).toBe(one.release + 1)
  })
})

describe('A period that is corrected while its cells are counted', () => {
  const HOURS = [CUBES['venue-hours']]
  /** Check-ins of one hour with three organizers, or their voids: as many as said, from that one on. */
  const rows = (from: number, count: number, { version, range }: { readonly version: number; readonly range: number }) =>
    `INSERT INTO transactions (id, version, voided, range, kind, programme, occurred_at, occurred_on, holder, venue_nis, organizer)
    SELECT toUUID(concat('00000000-0000-4000-8000-', leftPad(toString(number), 12, '0'))), ${version}, ${version - 1}, ${range}, 'CHECKIN',
        'uitpas', '2025-06-02 12:00:00.000', '2025-06-02', number + 1, 44000, concat('o', toString(number % 3))
    FROM numbers(${from}, ${count})`

  test('is counted again with fresh facts when a void comes, and fails in words when voids do not end', async () => {
    await using place = await placeWithFacts(60)
    const warehouse = await place.open()
    await warehouse.change(rows(0, 60, { version: 1, range: 1 }), {}, 'test')
    const voidOne = (index: number) => warehouse.change(rows(index, 1, { version: 2, range: 2 + index }), {}, 'test')
    let voids = 0
    let builds = 0
    const steps: string[] = []
    const publisher = publisherOn(warehouse, {
      cubes: HOURS,
      startWork: (order) => workHere(new ReleaseWork(order)),
      buildFacts: async () => void builds++,
      onStep: async (step) => {
        steps.push(step)
        if (step === 'facts' && voids < 21) await voidOne(voids++)
      },
    })
    await expect(publisher.publish(YEAR)).rejects.toThrow('2025 was corrected each of 3 times')
    expect(await publishedReleases(warehouse)).toEqual([])
    voids = 20
    steps.length = 0
    expect(await publisher.publish(YEAR)).toMatchObject({ state: 'PUBLISHED', report: { recovered: [] } })
    expect([builds, steps.filter((step) => step === 'counted')]).toEqual([5, ['counted']])
    const query = { release: 1, cube: 'venue-hours', columns: ['checkins'], dimensions: [], places: ['municipality:44000'] }
    // of sixty check-ins four were cancelled
    expect([50, 60]).toContain((await publishedCells(warehouse, query))[0]?.value)
  })
})

describe('A provisional release', () => {
  test('is followed by others, of which the last two keep their cells, and by the one of the closed period', async () => {
    await using place = await placeWithFacts(400)
    const warehouse = await place.open()
    const during = publisherOn(warehouse, { cubes: KILLED_CUBES, clock: () => Date.UTC(2025, 11, 1) })
    await expect(during.publish(YEAR)).rejects.toThrow('not over yet')
    for (let time = 0; time < 3; time++) await during.publish(YEAR, { provisional: true })
    expect([...(await peopleOf(warehouse, 1))]).toEqual([])
    expect(await peopleOf(warehouse, 3)).toEqual(await peopleOf(warehouse, 2))
    const final = await publisherOn(warehouse, { cubes: KILLED_CUBES }).publish(YEAR)
    expect(final.report).toMatchObject({ recovered: [] })
    expect(final).toMatchObject({ state: 'PUBLISHED', release: 4 })
    expect((await publishedReleases(warehouse)).map(({ provisional }) => provisional)).toEqual([true, true, true, false])
  })
})

describe('A release whose process is killed', () => {
  const STEPS = PUBLISH_STEPS.filter((step) => step !== 'marked')

  test.each(STEPS)('at "%s" is not seen by anybody, and made again without a trace', async (step) => {
    await using place = await placeWithFacts(400)
    const child = fork(fileURLToPath(new URL('publish-process.ts', import.meta.url)), [place.folder, step], { execArgv: [] })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    const warehouse = await place.open()
    expect(await publishedReleases(warehouse)).toEqual([])
    const outcome = await publisherOn(warehouse, { cubes: KILLED_CUBES }).publish(YEAR)
    expect(outcome).toMatchObject({ state: 'PUBLISHED', release: 1 })
    const rows = await warehouse.query('SELECT release, count() AS rows FROM published_cells GROUP BY release', {}, 'test')
    expect(rows).toEqual([{ release: 1, rows: outcome.content.rows }])
  })
})

async function peopleOf(warehouse: Warehouse, release: number): Promise<ReadonlyMap<string, number>> {
  const rows = await warehouse.query<{ cell: string; value: number }>(
    "SELECT concat(cube, ' ', place, ' ', dimensions, ' ', arrayStringConcat(members, ',')) AS cell, value FROM published_cells WHERE release = {release:UInt32} AND column = 'people'",
    { release },
    'test',
  )
  return new Map(rows.map(({ cell, value }) => [cell, value]))
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period || period.lastDay * 86_400_000 > NOW) throw new RangeError(`${key} is no period before now`)
  return period
}
