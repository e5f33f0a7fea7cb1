import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { FaultPoint } from '../src/index.ts'
import { PipelineProcess } from './fixtures/child.ts'
import { Installation } from './fixtures/installation.ts'
import { checkin, checkins, seedCounters, transaction } from './fixtures/journal.ts'
import { hasRedis } from './fixtures/redis-server.ts'

const STEPS: readonly FaultPoint[] = [
  'after-seal',
  'after-segment',
  'after-manifest',
  'before-insert',
  'after-insert',
  'after-read-back',
  'after-loaded',
]

test.skipIf(!hasRedis).each(STEPS)('killed %s, the next process stores everything that was accepted, once', async (step) => {
  await using installation = await Installation.create()
  const records = checkins(6_000)
  await seedCounters(installation.redis, records)
  await installation.append(records)
  await using first = new PipelineProcess(installation, step)
  expect(await first.ended).toBe('SIGKILL')
  await using second = new PipelineProcess(installation)
  await installation.untilLoaded()
  await second.stop()
  expect(await installation.holders()).toEqual(Array.from({ length: 6_000 }, (_, index) => index + 1))
  expect((await installation.reconcile()).findings).toEqual([])
})

test.skipIf(!hasRedis)('killed after dead letters were written, they stand there once and the rest is stored', async () => {
  await using installation = await Installation.create()
  await installation.append([...checkins(3), 'not a record'])
  await using first = new PipelineProcess(installation, 'after-dead-letters')
  expect(await first.ended).toBe('SIGKILL')
  await using second = new PipelineProcess(installation)
  await installation.untilLoaded()
  await second.stop()
  const { deadLetters } = await installation.reconcile()
  expect({ holders: await installation.holders(), deadLetters }).toEqual({
    holders: [1, 2, 3],
    deadLetters: { waiting: 1, replayed: 0 },
  })
})

test.skipIf(!hasRedis)('killed again and again under load, everything is stored once', async () => {
  await using installation = await Installation.create()
  let holders = 0
  for (let round = 0; round < 5; round++) {
    await using process = new PipelineProcess(installation)
    const killed = process
      .untilReady()
      .then(() => setTimeout(40 * round))
      .then(() => process.kill())
    for (let batch = 0; batch < 10; batch++) {
      const records = Array.from({ length: 300 }, () => transaction({ holder: ++holders, card: holders }))
      await seedCounters(installation.redis, records)
      const [first = ''] = await installation.append(records)
      const voided = holders - 299
      await installation.append([{ kind: 'void', position: first, transaction: checkin({ holder: voided, card: voided }) }])
    }
    await killed
  }
  await using last = new PipelineProcess(installation)
  await installation.untilLoaded()
  await last.stop()
  const stored = await installation.holders()
  const { findings } = await installation.reconcile()
  expect({ stored: stored.length, distinct: new Set(stored).size }).toEqual({ stored: holders - 50, distinct: holders - 50 })
  expect(findings.filter((finding) => finding.check !== 'counters')).toEqual([])
})
