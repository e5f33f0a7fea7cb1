import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import { openArchive, openDeadLetters, pipelineFolders, replayDeadLetters } from '../src/index.ts'
import { Installation } from './fixtures/installation.ts'
import { checkins, ID_KEY, transaction } from './fixtures/journal.ts'
import { until } from './fixtures/polling.ts'
import { hasRedis } from './fixtures/redis-server.ts'
import { refusal, type Trouble, troubled } from './fixtures/warehouse-double.ts'

const MEMORY_LIMIT_EXCEEDED = 241
const VALUE_IS_OUT_OF_RANGE = 321
const UNKNOWN_TABLE = 60

test.skipIf(!hasRedis)('while the warehouse refuses everything, work is archived and waits; then it is loaded', async () => {
  await using installation = await Installation.create()
  const trouble: Trouble = {
    insert: () => {
      throw refusal(MEMORY_LIMIT_EXCEEDED)
    },
  }
  const pipeline = await installation.start({ warehouse: troubled(await installation.warehouse(), trouble) })
  await installation.append(checkins(100))
  const waiting = await until('loading failed', async () => {
    const lane = (await pipeline.refreshStatus()).lanes[0]
    return lane?.loadProblem === undefined ? undefined : lane
  })
  expect(waiting).toMatchObject({ loadProblem: 'WarehouseError 241', archivedRange: 1, loadedRange: 0, journalLength: 100 })
  trouble.insert = () => undefined
  await installation.untilLoaded()
  expect((await installation.holders()).length).toBe(100)
})

test.skipIf(!hasRedis)('rows that the engine says it stored but did not are inserted again', async () => {
  await using installation = await Installation.create()
  let inserts = 0
  const trouble: Trouble = { stored: (lines) => (++inserts === 1 ? lines.slice(0, 40) : lines) }
  await installation.start({ warehouse: troubled(await installation.warehouse(), trouble) })
  await installation.append(checkins(100))
  await installation.untilLoaded()
  expect({ holders: (await installation.holders()).length, inserts }).toEqual({ holders: 100, inserts: 2 })
})

test.skipIf(!hasRedis)('rows that come back with other content are never acknowledged, and the status says so', async () => {
  await using installation = await Installation.create()
  const trouble: Trouble = { stored: (lines) => lines.map((line) => line.replace('"points":1', '"points":2')) }
  const pipeline = await installation.start({ warehouse: troubled(await installation.warehouse(), trouble) })
  await installation.append(checkins(10))
  const problem = await until('a mismatch', async () => (await pipeline.refreshStatus()).lanes[0]?.loadProblem)
  expect(problem).toBe('ContentMismatchError content-mismatch')
  expect(await installation.redis.get(laneKeys(0).loadedRange)).toBeNull()
})

test.skipIf(!hasRedis)('records that nobody understands stand in the dead letters, and the others are stored', async () => {
  await using installation = await Installation.create()
  const poison = ['', 'no json', '{}', '["x"]', '["t",1,2]', '["p","unknown",{}]']
  const impossible = [
    transaction({ holder: 5_000_000_000 }),
    transaction({ occurredOn: '2026-02-30' }),
    transaction({ points: Number.NaN }),
  ]
  await installation.append([...poison, ...impossible, ...checkins(20)])
  await installation.start()
  await installation.untilLoaded()
  const letters = await openDeadLetters(pipelineFolders(installation.folder).deadLetters).of(0, 1)
  expect(await installation.holders()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(letters.map((letter) => `${letter.stage} ${letter.reason}`)).toEqual([
    'decode SyntaxError',
    'decode SyntaxError',
    'decode TypeError',
    'decode TypeError',
    'decode TypeError',
    'decode TypeError',
    'decode RangeError',
    'decode RangeError',
    'decode RangeError',
  ])
})

test.skipIf(!hasRedis)(
  'a row that the engine refuses is found among thousands, put aside, and stored by a later replay',
  async () => {
    await using installation = await Installation.create()
    const trouble: Trouble = {
      insert: (_table, lines) => {
        if (lines.some((line) => line.includes('"holder":777,'))) throw refusal(VALUE_IS_OUT_OF_RANGE)
      },
    }
    const warehouse = await installation.warehouse()
    await installation.append(checkins(3_000))
    const pipeline = await installation.start({ warehouse: troubled(warehouse, trouble) })
    await installation.untilLoaded()
    await pipeline.stop()
    const folders = pipelineFolders(installation.folder)
    const [archive, deadLetters] = [openArchive(folders.archive), openDeadLetters(folders.deadLetters)]
    expect((await installation.holders()).length).toBe(2_999)
    expect(await deadLetters.of(0, 1)).toMatchObject([{ stage: 'load', table: 'transactions', reason: 'warehouse 321' }])
    const replay = await replayDeadLetters({ archive, deadLetters, warehouse, idKey: ID_KEY, clock: Date.now })
    expect(replay).toEqual({ replayed: 1, waiting: [] })
    expect((await installation.holders()).length).toBe(3_000)
    const { findings, deadLetters: counts } = await installation.reconcile()
    expect({ findings: findings.filter((finding) => finding.check !== 'counters'), counts }).toEqual({
      findings: [],
      counts: { waiting: 0, replayed: 1 },
    })
  },
)

test.skipIf(!hasRedis)('when the table itself is wrong, no row is put aside and loading waits', async () => {
  await using installation = await Installation.create()
  const trouble: Trouble = {
    insert: () => {
      throw refusal(VALUE_IS_OUT_OF_RANGE)
    },
  }
  const pipeline = await installation.start({ warehouse: troubled(await installation.warehouse(), trouble) })
  await installation.append(checkins(500))
  const problem = await until('loading failed', async () => (await pipeline.refreshStatus()).lanes[0]?.loadProblem)
  expect(problem).toBe('TooManyRefusedError too-many-refused')
  trouble.insert = () => {
    throw refusal(UNKNOWN_TABLE)
  }
  await until('the table is unknown', async () => (await pipeline.refreshStatus()).lanes[0]?.loadProblem === 'WarehouseError 60')
  trouble.insert = () => undefined
  await installation.untilLoaded()
  expect((await pipeline.refreshStatus()).deadLetters).toEqual({ waiting: 0, replayed: 0 })
})

test.skipIf(!hasRedis)('below the limit of free space nothing is loaded, and merges stop below half of it', async () => {
  await using installation = await Installation.create()
  const warehouse = await installation.warehouse()
  const free = await warehouse.freeBytes()
  const pipeline = await installation.start({ freeBytesMin: free * 4 })
  await installation.append(checkins(10))
  const status = await until('loading waits', async () => {
    const now = await pipeline.refreshStatus()
    return now.waitsFor && now.lanes[0]?.archivedRange === 1 ? now : undefined
  })
  // on purpose: nothing failed
  expect(status).toMatchObject({ waitsFor: 'free-space', lanes: [{ loadedRange: 0, loadProblem: undefined }] })
  await warehouse.startMerges()
})
