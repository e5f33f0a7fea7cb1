import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GroundMissing } from '../../drills/ground.ts'
import { SettableClock } from '../../drills/settable-clock.ts'
import { SmallDisk } from '../../drills/small-disk.ts'

test('a drill that needs what the machine has not says what that is', () => {
  expect(() => new SmallDisk('redis', { mebibytes: 1, user: 1_000 })).toThrow(GroundMissing)
  expect(() => new SettableClock(0, 'no-such-compiler')).toThrow('needs a C compiler')
})

test('a clock is set ahead or behind by what its processes read', () => {
  // in place of a compiler, whose work is not looked at here
  const clock = new SettableClock(60, 'true')
  const read = () => readFileSync(clock.settings.ZUIL_DRILL_CLOCK ?? '').readBigInt64LE()
  expect(read()).toBe(60n)
  clock.set(-1_200)
  expect(read()).toBe(-1_200n)
  clock.close()
})
