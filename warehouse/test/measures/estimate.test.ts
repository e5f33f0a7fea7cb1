import { roundByKey } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Count, exactCount, noCount, roundedCount } from '../../src/measures/count.ts'
import {
  amount,
  difference,
  type Estimate,
  medianOf,
  percentage,
  proportionOf,
  quotient,
  rateOfReference,
  ratio,
  standardisedDifference,
} from '../../src/measures/estimate.ts'

const PUBLISHED = { basis: 'PUBLISHED' } as const
const EXACT = { basis: 'EXACT' } as const

/** A whole and a part of it as they are, and as a release shows them. */
const sharePair = fc
  .record({
    whole: fc.integer({ min: 60, max: 20_000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    one: fc.double({ min: 0, max: 0.999, noNaN: true }),
    two: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map(({ whole, part, one, two }) => {
    const inside = Math.round(whole * part)
    return { part: inside, whole, seen: { part: seenOf(inside, one), whole: seenOf(whole, two) } }
  })

function seenOf(value: number, key: number, base = 5): Count {
  return roundedCount(roundByKey(value, base, key), base)
}

function holds({ low, high }: Estimate, truth: number): boolean {
  return low <= truth + 1e-9 && truth - 1e-9 <= (high ?? Number.POSITIVE_INFINITY)
}

describe('what is published of a figure holds the true value between its bounds', () => {
  test('a share', () => {
    fc.assert(
      fc.property(sharePair, ({ part, whole, seen }) => {
        const said = percentage(proportionOf(seen.part, seen.whole, PUBLISHED), 'PUBLISHED')
        return said.status === 'ok' && holds(said, (part / whole) * 100)
      }),
    )
  })

  test('a difference and a quotient of shares', () => {
    fc.assert(
      fc.property(sharePair, sharePair, (a, b) => {
        const one = proportionOf(a.seen.part, a.seen.whole, PUBLISHED)
        const other = proportionOf(b.seen.part, b.seen.whole, PUBLISHED)
        const [p, q] = [a.part / a.whole, b.part / b.whole]
        const times = quotient(one, other, { basis: 'PUBLISHED', scale: 100, decimals: 0 })
        return (
          holds(difference(one, other, 'PUBLISHED'), (p - q) * 100) &&
          (times.status === 'na' || q === 0 || holds(times, (p / q) * 100))
        )
      }),
    )
  })

  test('a mean, and a sum of several places', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.double({ min: 0, max: 0.999, noNaN: true })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.integer({ min: 60, max: 9_000 }),
        (parts, people) => {
          const truth = parts.reduce((sum, [value]) => sum + value, 0)
          const shown = parts.reduce((sum, [value, key]) => sum + roundByKey(value, 10, key), 0)
          const sum = roundedCount(shown, 10, parts.length)
          const mean = ratio(sum, seenOf(people, 0.4), { basis: 'PUBLISHED', scale: 1, decimals: 1 })
          return holds(amount(sum, 1, 'PUBLISHED'), truth) && holds(mean, truth / people)
        },
      ),
    )
  })

  test('a median of bands', () => {
    const bands = [1, 2, 3, 4].map((from) => ({ member: String(from), from, to: from }))
    const counts = fc.array(fc.tuple(fc.integer({ min: 10, max: 900 }), fc.double({ min: 0, max: 0.999, noNaN: true })), {
      minLength: 4,
      maxLength: 4,
    })
    fc.assert(
      fc.property(counts, (drawn) => {
        const truth = medianOf(
          bands.map((band, i) => ({ band, count: exactCount(drawn[i]?.[0] ?? 0) })),
          'EXACT',
        )
        const said = medianOf(
          bands.map((band, i) => ({ band, count: seenOf(drawn[i]?.[0] ?? 0, drawn[i]?.[1] ?? 0) })),
          'PUBLISHED',
        )
        return holds(said, truth.low) && holds(said, truth.high ?? 0)
      }),
    )
  })
})

describe('Attack 10: from a percentage back to people', () => {
  const KEYS = [0.1, 0.3, 0.5, 0.7, 0.9]

  test.each([60, 95, 230, 990, 4_003, 9_998])(
    'what is said of %i fits so many numbers that none follows, even for who knows the whole',
    (whole) => {
      const shares = (part: number) =>
        KEYS.flatMap((one) =>
          KEYS.map((two) => percentage(proportionOf(seenOf(part, one), seenOf(whole, two), PUBLISHED), 'PUBLISHED')),
        )
      const sayings = (part: number) => new Set(shares(part).map(({ status, value }) => `${status} ${value}`))
      for (let part = 10; part < whole; part += Math.ceil(whole / 40)) {
        const near = Array.from({ length: 25 }, (_, index) => part - 12 + index).filter((count) => count >= 0 && count <= whole)
        const known = new Map(near.map((count) => [count, sayings(count)]))
        for (const said of sayings(part)) {
          const fits = near.filter((count) => known.get(count)?.has(said))
          expect(fits.length, `${said} of ${whole}`).toBeGreaterThanOrEqual(5)
        }
      }
    },
  )
})

describe('a share', () => {
  test('grows with its part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.nat(9_999), fc.nat(9_999), (whole, a, b) => {
        const [less, more] = [Math.min(a, b, whole), Math.min(Math.max(a, b), whole)]
        const shareOf = (part: number) => percentage(proportionOf(exactCount(part), exactCount(whole), EXACT), 'EXACT').value
        return shareOf(less) <= shareOf(more) && shareOf(whole) === 100
      }),
    )
  })

  test('of fewer than fifty is withheld from readers, and of nobody is not applicable', () => {
    const said = (whole: Count) => percentage(proportionOf(seenOf(15, 0), whole, PUBLISHED), 'PUBLISHED').status
    expect([said(seenOf(45, 0)), said(seenOf(50, 0)), said(exactCount(0)), said(noCount('withheld'))]).toEqual([
      'withheld',
      'ok',
      'na',
      'withheld',
    ])
  })

  test('has no decimals before four thousand, and one from there on', () => {
    const said = (part: number, whole: number) => {
      const { value, decimals } = percentage(proportionOf(seenOf(part, 0), seenOf(whole, 0), PUBLISHED), 'PUBLISHED')
      return [value, decimals]
    }
    expect([said(125, 995), said(125, 3_995), said(1_235, 4_000)]).toEqual([
      [13, 0],
      [3, 0],
      [30.9, 1],
    ])
  })

  test('says not applicable below the whole that its figure asks for', () => {
    expect(proportionOf(exactCount(3), exactCount(29), { basis: 'EXACT', wholeMin: 30 }).status).toBe('na')
  })

  test('as it is keeps all its digits', () => {
    expect(percentage(proportionOf(exactCount(1), exactCount(3), EXACT), 'EXACT')).toEqual({
      status: 'ok',
      value: (1 / 3) * 100,
      low: (1 / 3) * 100,
      high: (1 / 3) * 100,
      decimals: 1,
    })
  })
})

describe('a difference', () => {
  const of = (part: number, whole: number) => proportionOf(seenOf(part, 0), seenOf(whole, 0), PUBLISHED)

  test('is not clear when rounding and chance could make it, as with a hundred people against three hundred', () => {
    expect(difference(of(45, 100), of(150, 300), 'PUBLISHED')).toMatchObject({ status: 'ok', value: -5, isClear: false })
    expect(difference(of(3_500, 10_000), of(15_000, 30_000), 'PUBLISHED')).toMatchObject({ value: -15, isClear: true })
  })

  test('is withheld when one of its shares is', () => {
    expect(difference(of(20, 40), of(100, 300), 'PUBLISHED').status).toBe('withheld')
  })
})

describe('a standardised difference', () => {
  const stratum = (a: [number, number], b: [number, number], weight: number) => ({
    one: proportionOf(exactCount(a[0]), exactCount(a[1]), EXACT),
    other: proportionOf(exactCount(b[0]), exactCount(b[1]), EXACT),
    weight: exactCount(weight),
  })

  test('weighs the difference of each group like the standard, not like either side', () => {
    const strata = [stratum([50, 100], [400, 500], 300), stratum([90, 100], [45, 50], 700)]
    expect(standardisedDifference(strata, 'EXACT').value).toBeCloseTo(0.3 * -30 + 0.7 * 0, 10)
  })

  test('leaves out groups without people on one side, and says nothing to readers when these weigh too much', () => {
    const strata = [stratum([50, 100], [400, 500], 600), stratum([0, 0], [45, 50], 400)]
    expect(standardisedDifference(strata, 'EXACT').value).toBeCloseTo(-30, 10)
    expect(standardisedDifference(strata, 'PUBLISHED').status).toBe('withheld')
  })
})

test('a rate of a reference may pass a hundred percent, and is withheld for a reference under fifty', () => {
  const of = (persons: number) => rateOfReference(seenOf(120, 0), exactCount(persons), { basis: 'PUBLISHED', scale: 100 })
  expect([of(100).value, of(49).status]).toEqual([120, 'withheld'])
})
