import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { Queue } from 'bullmq'
import { expect, test } from 'vitest'
import { QUEUE_PREFIX } from '../src/index.ts'
import { Installation } from './fixtures/installation.ts'
import { checkins, transaction } from './fixtures/journal.ts'
import { until } from './fixtures/polling.ts'
import { hasRedis } from './fixtures/redis-server.ts'

/** A CI run has time for this; the trap it looks for (a worker that never consumes again) showed above BullMQ's drain delay of 5 s. */
const OUTAGE_MS = 8_000

test.skipIf(!hasRedis)('after Redis was away for longer than the drain delay, work is consumed again', async () => {
  await using installation = await Installation.create()
  const pipeline = await installation.start()
  await installation.append(checkins(50))
  await installation.untilLoaded()
  await installation.server.kill()
  await setTimeout(OUTAGE_MS)
  expect((await pipeline.refreshStatus()).problem).toBeDefined()
  await installation.server.restart()
  await until('Redis answers', () => installation.redis.status === 'ready')
  await installation.append([transaction({ holder: 51 })])
  await installation.untilLoaded(30_000)
  expect((await installation.holders()).length).toBe(51)
})

test.skipIf(!hasRedis)('when every key of the queue is lost, the schedulers and the jobs come back', async () => {
  await using installation = await Installation.create()
  await installation.start()
  await installation.append(checkins(5))
  await installation.untilLoaded()
  const keys = await installation.redis.keys(`${QUEUE_PREFIX}*`)
  await installation.redis.unlink(...keys)
  await installation.append([transaction({ holder: 6 })])
  await installation.untilLoaded(30_000)
  await until(
    'the schedulers are back',
    async () => (await installation.redis.keys(`${QUEUE_PREFIX}:maintain:repeat*`)).length > 0,
    40_000,
  )
  expect((await installation.holders()).length).toBe(6)
})

test.skipIf(!hasRedis)('a job that comes twice or names a range that does not exist changes nothing', async () => {
  await using installation = await Installation.create()
  const pipeline = await installation.start()
  await installation.append(checkins(100))
  await installation.untilLoaded()
  const queue = new Queue('load', {
    connection: installation.redis.duplicate({ maxRetriesPerRequest: null }),
    prefix: QUEUE_PREFIX,
  })
  await queue.add('load-range', { lane: 0, range: 1 })
  await queue.add('load-range', { lane: 0, range: 1 })
  await queue.add('load-range', { lane: 0, range: 999 })
  await until('the jobs are done', async () => ((await pipeline.refreshStatus()).jobs['load-range']?.done ?? 0) >= 4)
  await queue.close()
  expect(await installation.holders()).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
})

test.skipIf(!hasRedis)('two pipelines at once freeze, archive and load every record once', async () => {
  await using installation = await Installation.create()
  await installation.start()
  await installation.start()
  let holders = 0
  for (let batch = 0; batch < 20; batch++) {
    await installation.append(Array.from({ length: 200 }, () => transaction({ holder: ++holders, card: holders })))
    await setTimeout(30)
  }
  await installation.untilLoaded(30_000)
  expect(await installation.holders()).toEqual(Array.from({ length: holders }, (_, index) => index + 1))
  const { findings } = await installation.reconcile()
  expect(findings.filter((finding) => finding.check !== 'counters')).toEqual([])
})

test.skipIf(!hasRedis)('Redis that knows less than the archive is not sealed from', async () => {
  await using installation = await Installation.create()
  const pipeline = await installation.start()
  await installation.append(checkins(5))
  await installation.untilLoaded()
  await pipeline.stop()
  const keys = laneKeys(0)
  await installation.redis.unlink(keys.range, keys.sealed, keys.loaded, keys.loadedRange, keys.ranges, keys.journal)
  const second = await installation.start()
  await installation.append([transaction({ holder: 6 })])
  const problem = await until('sealing is refused', async () => (await second.refreshStatus()).lanes[0]?.sealProblem)
  expect({ problem, holders: (await installation.holders()).length }).toEqual({
    problem: 'ArchiveGapError archive-gap',
    holders: 5,
  })
})

test.skipIf(!hasRedis)('without Redis the pipeline does not start, and says so; one that runs can still be stopped', async () => {
  await using installation = await Installation.create()
  const pipeline = await installation.start()
  await installation.server.kill()
  await pipeline.stop()
  await expect(installation.start()).rejects.toThrow('Redis did not answer')
  expect(existsSync(join(installation.folder, 'pipeline', 'stopped-cleanly'))).toBe(true)
})
