import { countersOf, type Guard, parsePosition, periodBucket, voidCounter, voidTransaction } from '@zuil/core'
import type { JournalRecord } from '@zuil/core/contracts/journal'
import { counterPlace, laneKeys } from '@zuil/core/contracts/redis-keys'
import { encodeReservation, MARK_ABANDONED, MARK_COMMITTED, markGuard, markOf } from '@zuil/core/contracts/reservation'
import { expect, test } from 'vitest'
import { openDeadLetters, pipelineFolders } from '../src/index.ts'
import { Installation } from './fixtures/installation.ts'
import { addToCounter, checkin, checkins, seedCounters, transaction } from './fixtures/journal.ts'
import { hasRedis } from './fixtures/redis-server.ts'
import { refusal, type Trouble, troubled } from './fixtures/warehouse-double.ts'

const VALUE_IS_OUT_OF_RANGE = 321
const HOUR_MS = 3_600_000

/** Refuses rows of one holder, and of which version. */
function refusing(holder: number, voided: 0 | 1): Trouble {
  return {
    insert: (_table, lines) => {
      if (lines.some((line) => line.includes(`"holder":${holder},`) && line.includes(`"voided":${voided},`))) {
        throw refusal(VALUE_IS_OUT_OF_RANGE)
      }
    },
  }
}

async function count(installation: Installation, guards: readonly Guard[]): Promise<void> {
  for (const guard of guards) await addToCounter(installation.redis, installation.lanes, guard)
}

test.skipIf(!hasRedis).each([
  ['the transaction', 0],
  ['its void', 1],
] as const)('while %s waits as a dead letter, the counters agree with what was committed', async (_title, refused) => {
  await using installation = await Installation.create()
  const warehouse = await installation.warehouse()
  const pipeline = await installation.start({ warehouse: troubled(warehouse, refusing(2, refused)) })
  const now = Date.now()
  const at = { occurredAt: now, occurredOn: periodBucket('DAY', now).key }
  const records = checkins(3, at)
  const positions = await installation.append(records)
  await seedCounters(installation.redis, records)
  await installation.untilLoaded()
  const waiting = 1 - refused
  expect(await installation.reconcile()).toMatchObject({ findings: [], deadLetters: { waiting } })

  const position = parsePosition(0, positions[1] ?? '')
  if (!position) throw new Error('No position')
  const taken = voidTransaction(position, checkin({ holder: 2, card: 2, ...at }))
  await installation.append([taken.record])
  await count(installation, taken.guards)
  await installation.untilLoaded()
  expect(await installation.reconcile()).toMatchObject({ findings: [], deadLetters: { waiting: 1 } })

  await pipeline.stop()
  const letters = openDeadLetters(pipelineFolders(installation.folder).deadLetters)
  const kept = await Promise.all((await letters.ranges(0)).map((range) => letters.of(0, range)))
  await warehouse.insert(
    'transactions',
    kept.flat().map(({ text }) => text),
  )
  const { findings } = await installation.reconcile()
  expect(findings.filter(({ check }) => check === 'counters')).toEqual([])

  const voided = voidCounter(position, 2)
  await count(installation, [...countersOf(checkin({ holder: 2, card: 2, ...at })), voided])
  const details = (await installation.reconcile()).findings
    .filter(({ check }) => check === 'counters')
    .map(({ detail }) => detail)
  // none names the holder
  expect(details.sort()).toEqual([
    'a balance in zuil:{0}:b:points/UiTPAS:0 is 1 instead of 0',
    `a counter in zuil:{0}:n:${at.occurredOn}:checkins/3 is 1 instead of 0`,
    `${voided.counter} in zuil:{0}:n::0 is 2 instead of 1`,
  ])
})

test.skipIf(!hasRedis)('a record that nobody can read counts for nothing, and one that no column takes counts', async () => {
  await using installation = await Installation.create()
  const impossible = transaction({ holder: 4, birthYear: -1 })
  await installation.start()
  await installation.append(['not JSON', impossible, ...checkins(1)])
  await seedCounters(installation.redis, [impossible, ...checkins(1)])
  await installation.untilLoaded()
  expect(await installation.reconcile()).toMatchObject({ findings: [], deadLetters: { waiting: 2 } })
})

/** A redemption by somebody of lane 0 of a reward in lane 2, in a system of three lanes. */
const REWARD = 5
const redemption = checkin({
  ...{ kind: 'REDEMPTION', holder: 12, points: -2, limitPeriod: '' },
  exchange: {
    ...{ reward: 'a', rewardNumber: REWARD, tariff: '', label: '', regularPrice: 0, price: 0, organizerShare: 0 },
    ...{ localGovernmentShare: 0, flemishGovernmentShare: 0, distributionKey: 0, takes: ['~stock ABSOLUTE'] },
  },
})
const STOCK = { ...counterPlace(3, { counter: 'stock', owner: REWARD, period: '' }), expiresAt: 0 }

async function reserve(installation: Installation, parts: { taken?: number; later?: number; at?: number; mark?: string }) {
  const { taken = 0, later = 0, at = Date.now(), mark } = parts
  const place = markOf(markGuard('aa', 12, Date.now()), 0)
  const text = encodeReservation({ mark: place, counters: [{ ...STOCK, taken, later }] })
  await installation.redis.hset(laneKeys(2).reserved, 'aa', `${at} ${text}`)
  if (mark) await installation.redis.hset(place.key, place.field, mark)
}

test.skipIf(!hasRedis)('over three lanes counters are compared where their owners are, with what is reserved', async () => {
  await using installation = await Installation.create({ lanes: 3 })
  const record: JournalRecord = { kind: 'transaction', transaction: redemption }
  const pipeline = await installation.start()
  await installation.append([record], 0)
  await count(installation, countersOf(redemption))
  await installation.untilLoaded()
  await pipeline.stop()
  expect((await installation.reconcile()).findings).toEqual([])
  expect(await installation.redis.hget(STOCK.key, STOCK.field)).toBe('1')

  await reserve(installation, { taken: 1 })
  expect((await installation.reconcile()).findings).toMatchObject([
    { lane: 2, detail: expect.stringMatching(/^stock in .* is 1 instead of 2$/) },
  ])
  await installation.redis.hincrby(STOCK.key, STOCK.field, 1)
  expect((await installation.reconcile()).findings).toEqual([])

  await reserve(installation, { taken: 1, mark: MARK_ABANDONED })
  expect((await installation.reconcile()).findings).toEqual([])
  await installation.redis.hincrby(STOCK.key, STOCK.field, -1)
  await reserve(installation, { taken: 1, mark: MARK_COMMITTED })
  expect((await installation.reconcile()).findings).toEqual([])

  await installation.redis.hincrby(STOCK.key, STOCK.field, 1)
  await reserve(installation, { later: -1, mark: MARK_COMMITTED })
  expect((await installation.reconcile()).findings).toEqual([])
})

test.skipIf(!hasRedis)('a reservation that nobody ends any more, or that cannot be read, is a finding', async () => {
  await using installation = await Installation.create({ lanes: 3 })
  await reserve(installation, { taken: 0, at: Date.now() - HOUR_MS })
  await installation.redis.hset(laneKeys(2).reserved, 'bb', 'nonsense')
  expect((await installation.reconcile()).findings).toEqual([
    { check: 'counters', lane: 2, range: 0, detail: '2 reservations for other lanes were never ended' },
  ])
})
