import { expect, test } from 'vitest'
import { isMet, jsonLine, median, table } from '../../bench/figure.ts'

const RATIO = { bench: 'checkins', figure: 'ratio', value: 0.51234, unit: '', target: { atLeast: 0.4 } } as const
const LATENCY = { bench: 'checkins', figure: 'p99', value: 61, unit: 'ms', target: { atMost: 50 } } as const

test('a figure is one line of JSON with its target and whether it was met', () => {
  expect(JSON.parse(jsonLine(RATIO))).toEqual({
    bench: 'checkins',
    figure: 'ratio',
    value: 0.5123,
    unit: '',
    target: '>= 0.4',
    ok: true,
  })
  expect(JSON.parse(jsonLine(LATENCY))).toMatchObject({ target: '<= 50', ok: false })
})

test('a figure without a target is met by any value', () => {
  expect(isMet({ bench: 'a', figure: 'b', value: -1, unit: '' })).toBe(true)
})

test('a figure that has to be exact is missed by one more and by one less', () => {
  const units = (value: number) =>
    isMet({ bench: 'hot-reward', figure: 'given out', value, unit: '', target: { exactly: 1_000 } })
  expect([units(999), units(1_000), units(1_001)]).toEqual([false, true, false])
})

test('the table says which target was missed', () => {
  expect(
    table([RATIO, LATENCY])
      .split('\n')
      .map((row) => row.endsWith('MISSED')),
  ).toEqual([false, true])
})

test('the median of an even number of values lies between the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5])
})
