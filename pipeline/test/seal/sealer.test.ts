import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import type { Fault } from '../../src/index.ts'
import { Installation } from '../fixtures/installation.ts'
import { checkins, seedCounters } from '../fixtures/journal.ts'
import { until } from '../fixtures/polling.ts'
import { hasRedis } from '../fixtures/redis-server.ts'

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
