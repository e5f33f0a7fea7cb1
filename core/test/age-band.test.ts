import { ageBand } from '@zuil/core'
import { describe, expect, test } from 'vitest'

describe('the age band of a year', () => {
  test.each([
    [2026, '0-5'],
    [2021, '0-5'],
    [2020, '6-11'],
    [2014, '12-17'],
    [2008, '18-25'],
    [2000, '26-39'],
    [1987, '26-39'],
    [1986, '40-54'],
    [1971, '55-64'],
    [1961, '65+'],
    [1900, '65+'],
    [0, ''],
    [2027, ''],
  ])('for somebody born in %i is %j', (birthYear, band) => {
    expect(ageBand(birthYear, 2026)).toBe(band)
  })
})
