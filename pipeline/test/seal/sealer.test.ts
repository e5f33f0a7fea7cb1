import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import { noFault } from '../../src/fault.ts'
import type { Fault } from '../../src/index.ts'
import { silentLog } from '../../src/log.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { Installation } from '../fixtures/installation.ts'
import { checkins, seedCounters } from '../fixtures/journal.ts'
import { until } from '../fixtures/polling.ts'
import { hasRedis } from '../fixtures/redis-server.ts'

test('the next range does not wait for as long as the clock was set back', async () => {
  let looks = 0
  let now = Date.parse('2026-11-22T12:00:00Z')
  const position = '0-0'
  const nothing = { sealed: position, loaded: position, range: 0, loadedRange: 0, journalLength: 0 }
  const never = () => expect.fail('There is nothing to seal')
  const sealer = createSealer({
    store: {
      positions: async () => {
        looks += 1
        return nothing
      },
      entriesAfter: async () => [],
      seal: never,
    },
    archive: { lastRange: async () => 0 },
    archiver: { pack: never, write: never, catchUp: never },
    wake: never,
    isAhead: () => false,
    clock: () => (now -= 1_200_000),
    elapsed: () => performance.now(),
    fault: noFault,
    log: silentLog,
  })
  const stopping = new AbortController()
  const running = sealer.run(0, stopping.signal)
  await until('it looked again', () => looks > 2, 5_000)
  stopping.abort()
  await running
})

test.skipIf(!hasRedis)(
  'the next range is frozen while one is written, and both are archived in order when writing fails',
  async () => {
    await using installation = await Installation.create()
    const frozen = async () => Number((await installation.redis.get(laneKeys(0).range)) ?? 0)
    let failures = 0
    const fault: Fault = async (point, { range }) => {
      if (point !== 'after-segment' || range !== 1 || failures > 0) return
      failures += 1
      await until('the next range is frozen', async () => (await frozen()) === 2, 5_000)
      throw new Error('the disk is gone for a moment')
    }
    const records = checkins(11_000)
    await seedCounters(installation.redis, records)
    await installation.append(records)
    await installation.start({ fault })
    await installation.untilLoaded()
    const { ok, ranges } = await installation.reconcile()
    const stored = (await installation.holders()).length
    expect({ failures, stored, ranges, ok }).toEqual({ failures: 1, stored: 11_000, ranges: 3, ok: true })
  },
)
