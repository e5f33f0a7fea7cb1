import { expect, test } from 'vitest'
import { silentLog } from '../../src/index.ts'
import { createSpaceGuard } from '../../src/maintain/space-guard.ts'

/** A volume by hand: only what the guard looks at. */
function volume(freeBytes: number, partitionBytes = 0) {
  const calls: string[] = []
  const state = { freeBytes, partitionBytes }
  const warehouse = {
    freeBytes: async () => state.freeBytes,
    largestPartitionBytes: async () => state.partitionBytes,
    stopMerges: async () => void calls.push('stop'),
    startMerges: async () => void calls.push('start'),
  }
  return { state, calls, guard: createSpaceGuard(warehouse, { freeBytesMin: 1_000, log: silentLog }) }
}

test('loading stops below the limit, merges stop below half of it, and both go on again', async () => {
  const { state, calls, guard } = volume(2_000)
  const seen: [boolean, boolean][] = []
  for (const free of [2_000, 999, 499, 520, 600, 1_050, 1_200]) {
    state.freeBytes = free
    await guard.check()
    seen.push([guard.state().loadingStopped, guard.state().mergesStopped])
  }
  expect(seen).toEqual([
    [false, false],
    [true, false],
    [true, true],
    [true, true],
    [true, false],
    [true, false],
    [false, false],
  ])
  expect(calls).toEqual(['stop', 'start'])
})

test('the limit grows with the largest partition', async () => {
  const { guard } = volume(5_000, 3_000)
  await guard.check()
  expect(guard.state()).toMatchObject({ limitBytes: 6_000, loadingStopped: true })
})
