import { describe, expect, test } from 'vitest'
import { Histogram } from '../../../bench/client/histogram.ts'

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

describe('Histogram', () => {
  test('gives the exact percentile of small values', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, i) => i + 1))
    expect([0.5, 0.95, 0.99, 1].map((share) => histogram.percentile(share))).toEqual([50, 95, 99, 100])
  })

  test.each([300, 4_711, 65_536, 1_000_000, 123_456_789])('is never below a value of %i and at most 1 %% above it', (value) => {
    const histogram = histogramOf([value, 2_000_000_000])
    expect(histogram.percentile(0.5)).toBeGreaterThanOrEqual(value)
    expect(histogram.percentile(0.5)).toBeLessThanOrEqual(value * 1.01)
  })

  test('keeps the largest value as it was', () => {
    expect(histogramOf([1, 98_765]).max).toBe(98_765)
    expect(histogramOf([1, 98_765]).percentile(1)).toBe(98_765)
  })

  test('takes a value above its range for the largest it knows, and a negative one for 0', () => {
    const histogram = histogramOf([-5, 1e15])
    expect([histogram.percentile(0.5), histogram.percentile(1), histogram.total]).toEqual([0, 0x7fff_ffff, 2])
  })

  test('answers 0 when nothing was recorded', () => {
    expect(histogramOf([]).percentile(0.99)).toBe(0)
  })
})
