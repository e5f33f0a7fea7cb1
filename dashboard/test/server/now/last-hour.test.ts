import { expect, test } from 'vitest'
import { lastHour } from '../../../src/server/now/last-hour.ts'
import { AFTERNOON } from '../../fake-source.ts'

const RUNNING = Date.parse('2026-11-21T13:03:00Z')

test('the last hour has sixty minutes in order, empty ones as zero, ending with the running one', () => {
  const minutes = lastHour({ asOf: AFTERNOON, minutes: [{ minute: RUNNING - 60_000, checkins: 7 }] }, AFTERNOON)
  expect(minutes).toHaveLength(60)
  expect([minutes[0]?.minute, minutes.at(-1)?.minute]).toEqual([RUNNING - 59 * 60_000, RUNNING])
  expect(minutes.filter(({ checkins }) => checkins > 0)).toEqual([
    { slot: 58, minute: RUNNING - 60_000, checkins: 7, provisional: false },
  ])
})

test('minutes that the watermark has not passed are provisional', () => {
  const minutes = lastHour({ asOf: AFTERNOON, minutes: [] }, RUNNING - 90_000)
  expect(minutes.filter(({ provisional }) => provisional).map(({ slot }) => slot)).toEqual([57, 58, 59])
})
