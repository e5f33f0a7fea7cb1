import { describe, expect, test } from 'vitest'
import { BUSY_ROWS_PER_SECOND, CALM_WAIT_MS_MAX, createCalm, createHurry } from '../../src/publish/calm.ts'

/** An installation that loads so many rows a second, until told otherwise. */
function loading(perSecond: number, calmAfterMs = Number.POSITIVE_INFINITY) {
  let now = 0
  const rows = () => (Math.min(now, calmAfterMs) * perSecond) / 1_000
  const wait = async (ms: number) => {
    now += ms
  }
  const calmOfRelease = createCalm({ rows, elapsed: () => now, wait })
  now = 1_000
  return { calmOfRelease, waited: () => now - 1_000 }
}

const going = new AbortController().signal

describe('A release', () => {
  test('does not wait beside the traffic of every day', async () => {
    const { calmOfRelease, waited } = loading(BUSY_ROWS_PER_SECOND)
    await calmOfRelease()(going)
    expect(waited()).toBe(0)
  })

  test('waits until a peak is over', async () => {
    const { calmOfRelease, waited } = loading(5_000, 300_000)
    await calmOfRelease()(going)
    expect(waited()).toBe(300_000)
  })

  test('goes on beside a peak that does not end, after an hour in all', async () => {
    const { calmOfRelease, waited } = loading(5_000)
    const untilCalm = calmOfRelease()
    for (let level = 0; level < 3; level++) await untilCalm(going)
    expect(waited()).toBe(CALM_WAIT_MS_MAX)
    await calmOfRelease()(going)
    expect(waited()).toBe(2 * CALM_WAIT_MS_MAX)
  })

  test('does not wait when Zuil stops', async () => {
    const { calmOfRelease, waited } = loading(5_000)
    await calmOfRelease()(AbortSignal.abort())
    expect(waited()).toBe(0)
  })

  test('does not wait while somebody asks for another, and waits again afterwards', async () => {
    const hurry = createHurry()
    const seen: boolean[] = []
    const untilCalm = hurry.unless(async (signal) => void seen.push(signal.aborted))
    const asked = Promise.withResolvers<void>()
    const during = hurry.during(asked.promise)
    await untilCalm(going)
    asked.resolve()
    await during
    await untilCalm(going)
    expect(seen).toEqual([true, false])
  })
})
