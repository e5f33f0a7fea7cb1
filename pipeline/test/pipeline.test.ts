import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import { Installation } from './fixtures/installation.ts'
import { checkin, checkins, seedCounters, transaction } from './fixtures/journal.ts'
import { hasRedis } from './fixtures/redis-server.ts'

test.skipIf(!hasRedis)('what stands in the journal is sealed, archived, loaded, read back and trimmed', async () => {
  await using installation = await Installation.create()
  await installation.append(checkins(12_000))
  await seedCounters(installation.redis, checkins(12_000))
  const pipeline = await installation.start()
  await installation.untilLoaded()
  const status = await pipeline.refreshStatus()
  const journalLength = await installation.redis.xlen(laneKeys(0).journal)
  const archived = readdirSync(join(installation.folder, 'archive', '0')).length
  const { ok, findings, ranges } = await installation.reconcile()
  expect({ journalLength, archived, ok, findings, ranges }).toEqual({
    journalLength: 0,
    archived: 6,
    ok: true,
    findings: [],
    ranges: 3,
  })
  expect(await installation.holders()).toEqual(Array.from({ length: 12_000 }, (_, index) => index + 1))
  expect(status.lanes[0]).toMatchObject({
    journalLength: 0,
    oldestUnloadedAgeMs: 0,
    sealedRange: 3,
    archivedRange: 3,
    loadedRange: 3,
    openRanges: 0,
  })
})

test.skipIf(!hasRedis)(
  'a void takes its check-in out of the warehouse, whether it comes in the same range or a later one',
  async () => {
    await using installation = await Installation.create()
    await installation.start()
    const [first = '', second = ''] = await installation.append([
      transaction({ holder: 1 }),
      transaction({ holder: 2 }),
      transaction({ holder: 3 }),
    ])
    await installation.append([{ kind: 'void', position: first, transaction: checkin({ holder: 1 }) }])
    await installation.untilLoaded()
    await installation.append([
      { kind: 'void', position: second, transaction: checkin({ holder: 2 }) },
      transaction({ holder: 4 }),
    ])
    await installation.untilLoaded()
    expect(await installation.holders()).toEqual([3, 4])
    const { findings } = await installation.reconcile()
    expect(findings.filter((finding) => finding.check !== 'counters')).toEqual([])
  },
)

test.skipIf(!hasRedis)('lanes are loaded side by side, and refusals and projections go to tables of their own', async () => {
  await using installation = await Installation.create({ lanes: 2 })
  const refusals = {
    kind: 'refusals',
    minute: Date.UTC(2026, 10, 21, 9),
    counts: [{ reason: 'maximum-reached', channel: 'KIOSK', organizer: 'a', venueNis: 44021, count: 3 }],
  } as const
  const municipality = {
    id: '44021',
    nis: 44021,
    name: 'Gent',
    postalCodes: ['9000'],
    latitude: 51,
    longitude: 3.7,
    inhabitants: 1,
    inhabitantsYear: 2025,
    mergedFrom: [],
  }
  await installation.append(
    [transaction({ holder: 2 }), refusals, { kind: 'projection', entity: 'municipality', body: municipality }],
    0,
  )
  await installation.append([transaction({ holder: 1 }), transaction({ holder: 3 })], 1)
  await installation.start()
  await installation.untilLoaded()
  const warehouse = await installation.warehouse()
  const tables = await warehouse.query(
    'SELECT (SELECT count() FROM transactions FINAL) AS t, (SELECT count() FROM refusals) AS r, (SELECT count() FROM municipalities) AS m',
    {},
    'test',
  )
  expect(tables).toEqual([{ t: 3, r: 1, m: 1 }])
})

test.skipIf(!hasRedis)('an orderly stop loads everything first, and the next start has nothing to verify', async () => {
  await using installation = await Installation.create()
  const pipeline = await installation.start()
  await installation.append(checkins(500))
  await pipeline.stop({ drain: true })
  expect((await installation.holders()).length).toBe(500)
  expect(readdirSync(join(installation.folder, 'pipeline'))).toContain('stopped-cleanly')
  const second = await installation.start()
  expect(second.status().waitsFor).toBeUndefined()
})
