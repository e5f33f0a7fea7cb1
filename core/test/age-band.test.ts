import { AGE_BANDS, ageBand } from '@zuil/core'
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

  test('surprise 30: the bands share no edge: whoever grows a year older is in the same or in the next', () => {
    const bands = AGE_BANDS.map(({ band }) => band)
    const ofAges = Array.from({ length: 111 }, (_, age) => bands.findIndex((band) => band === ageBand(2026 - age, 2026)))
    expect(ofAges.every((index, age) => index === (ofAges[age - 1] ?? 0) || index === (ofAges[age - 1] ?? 0) + 1)).toBe(true)
    expect(new Set(ofAges).size).toBe(bands.length)
  })
})
