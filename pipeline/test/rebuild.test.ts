import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive, openDeadLetters, pipelineFolders, type RebuildProgress, rebuildWarehouse } from '../src/index.ts'
import { Installation } from './fixtures/installation.ts'
import { addToCounter, checkin, checkins, ID_KEY, seedCounters, transaction } from './fixtures/journal.ts'
import { hasRedis } from './fixtures/redis-server.ts'

/** An installation that stopped in order with 400 records in its first range, and then a void of one of them. */
async function loaded(): Promise<Installation> {
  const installation = await Installation.create()
  const records = checkins(400)
  await seedCounters(installation.redis, records.slice(1))
  const [first = ''] = await installation.append(records)
  // Only what waits already when the pipeline starts is one range for certain.
  const pipeline = await installation.start()
  await installation.untilLoaded()
  const extra = Array.from({ length: 300 }, (_, index) => transaction({ holder: index + 1_001, card: index + 1_001 }))
  await seedCounters(installation.redis, extra)
  await installation.append([...extra, { kind: 'void', position: first, transaction: checkin({ holder: 1, card: 1 }) }])
  await addToCounter(installation.redis, 1, { counter: `voided/0.${first}`, owner: 1, period: '', add: 1 })
  await installation.untilLoaded()
  await pipeline.stop()
  return installation
}

function rebuild(
  installation: Installation,
  warehouse: Awaited<ReturnType<Installation['warehouse']>>,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
) {
  const folders = pipelineFolders(installation.folder)
  const archive = openArchive(folders.archive)
  return rebuildWarehouse({ archive, deadLetters: openDeadLetters(folders.deadLetters), warehouse, idKey: ID_KEY, onProgress })
}

test.skipIf(!hasRedis)(
  'a lost warehouse is built again from the archive with equal content, and a second run finds nothing to do',
  async () => {
    await using installation = await loaded()
    const before = await installation.holders()
    await installation.closeWarehouse()
    rmSync(join(installation.folder, 'warehouse'), { recursive: true })
    const warehouse = await installation.warehouse()
    const progress: RebuildProgress[] = []
    const first = await rebuild(installation, warehouse, (step) => progress.push(step))
    const second = await rebuild(installation, warehouse)
    expect(await installation.holders()).toEqual(before)
    expect((await installation.reconcile()).findings).toEqual([])
    expect(progress.at(-1)).toEqual({ lane: 0, rangesDone: first.ranges, ranges: first.ranges, rows: 700 })
    expect([first.rows, second.rows]).toEqual([700, 0])
  },
)

test.skipIf(!hasRedis)('a rebuild that was interrupted goes on where it was', async () => {
  await using installation = await loaded()
  const warehouse = await installation.warehouse()
  await warehouse.removeRange('transactions', { lane: 0, range: 1 })
  const { rows } = await rebuild(installation, warehouse)
  expect(rows).toBe(399)
  expect((await installation.reconcile()).findings).toEqual([])
})

test.skipIf(!hasRedis)('reconcile is green on what was loaded, and each alteration turns it red where it is', async () => {
  await using installation = await loaded()
  expect((await installation.reconcile()).findings).toEqual([])
  const places = async () =>
    (await installation.reconcile()).findings.map(({ check, lane, range }) => `${check} ${lane}/${range}`)

  const balance = { counter: 'points', owner: 400, period: '' }
  await addToCounter(installation.redis, 1, { ...balance, add: 1 })
  expect(await places()).toEqual(['counters 0/0'])
  await addToCounter(installation.redis, 1, { ...balance, add: -1 })

  const warehouse = await installation.warehouse()
  const stored = await warehouse.query<{ line: string }>(
    "SELECT formatRowNoNewline('JSONEachRow', *) AS line FROM transactions FINAL WHERE holder = 400",
    {},
    'test',
  )
  await warehouse.insert('transactions', [(stored[0]?.line ?? '').replace('"card":400', '"card":401')])
  expect(await places()).toEqual(['warehouse 0/1'])
  await warehouse.insert('transactions', [stored[0]?.line ?? ''])
  expect(await places()).toEqual([])

  const segment = join(installation.folder, 'archive', '0', '00000001.ndjson.zst')
  const bytes = readFileSync(segment)
  const damaged = Buffer.from(bytes)
  damaged[100] = (damaged[100] ?? 0) ^ 1
  writeFileSync(segment, damaged)
  expect(await places()).toContain('archive 0/1')
  writeFileSync(segment, bytes)

  const manifest = join(installation.folder, 'archive', '0', '00000001.json')
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace('"deadLetters": 0', '"deadLetters": 1'))
  expect(await places()).toEqual(['archive 0/2'])
})

test.skipIf(!hasRedis)('what a power cut took from the warehouse is found at the next start and loaded anew', async () => {
  await using installation = await loaded()
  rmSync(join(installation.folder, 'pipeline', 'stopped-cleanly'))
  rmSync(join(installation.folder, 'pipeline', 'checkpoint.json'), { force: true })
  const warehouse = await installation.warehouse()
  await warehouse.removeRange('transactions', { lane: 0, range: 1 })
  const pipeline = await installation.start()
  await installation.append([transaction({ holder: 5_000 })])
  await installation.untilLoaded()
  expect((await pipeline.refreshStatus()).waitsFor).toBeUndefined()
  const stored = await installation.holders()
  expect({ rows: stored.length, last: stored.at(-1) }).toEqual({ rows: 700, last: 5_000 })
})

test.skipIf(!hasRedis)('damaged parts are set aside after an unclean stop, and all that was in them is loaded anew', async () => {
  await using installation = await loaded()
  rmSync(join(installation.folder, 'pipeline', 'stopped-cleanly'))
  rmSync(join(installation.folder, 'pipeline', 'checkpoint.json'), { force: true })
  expect(damageParts(join(installation.folder, 'warehouse', 'store'))).toBeGreaterThan(0)
  const pipeline = await installation.start()
  await installation.append([transaction({ holder: 5_000 })])
  await installation.untilLoaded()
  expect((await pipeline.refreshStatus()).waitsFor).toBeUndefined()
  expect(await installation.holders()).toHaveLength(700)
})

/** Overwrites the middle of the data of every monthly part; returns how many. */
function damageParts(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\/20\d{4}_\d+_\d+_\d+\/data\.bin$/.test(path),
  )
  for (const file of files) {
    const path = join(folder, file)
    const bytes = readFileSync(path)
    const middle = Math.floor(bytes.length / 2)
    bytes.fill(0x5a, middle, middle + 64)
    writeFileSync(path, bytes)
  }
  return files.length
}
