import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CARDS_PER_PACKAGE, cardForecast, measuredUse, plannedOrders, SAFETY_WEEKS } from '../../src/planning/card-order.ts'
import { missingAgreements, REGION_AGREEMENT_IDS } from '../../src/planning/collaboration.ts'
import { DEVICE_BUSY_MAX, devicesNeeded, peakOfHour } from '../../src/planning/device-sizing.ts'
import { type ExpectedMember, memberCost } from '../../src/planning/member-cost.ts'
import { onboardingStandings } from '../../src/planning/onboarding.ts'

describe('devices at a door', () => {
  test.each([
    [0, 6, 0, 0],
    [1, 6, 1, 1],
    [8, 6, 1, 1],
    [9, 6, 2, 1],
    [40, 6, 5, 1],
    [80, 6, 10, 1],
    [81, 6, 11, 2],
    [40, 3, 3, 1],
  ])('%i check-ins a minute of %i seconds need %i, and %i in reserve', (peakPerMinute, secondsPerCheckin, atPeak, spare) => {
    expect(devicesNeeded({ peakPerMinute, secondsPerCheckin })).toEqual({ atPeak, spare })
  })

  test('they carry the peak, one less would not, and more people never need fewer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 60 }), (peakPerMinute, secondsPerCheckin) => {
        const { atPeak } = devicesNeeded({ peakPerMinute, secondsPerCheckin })
        const carried = (devices: number) => (devices * 60 * DEVICE_BUSY_MAX) / secondsPerCheckin
        expect(carried(atPeak)).toBeGreaterThanOrEqual(peakPerMinute - 1e-9)
        expect(carried(atPeak - 1)).toBeLessThan(peakPerMinute)
        expect(devicesNeeded({ peakPerMinute: peakPerMinute + 1, secondsPerCheckin }).atPeak).toBeGreaterThanOrEqual(atPeak)
      }),
    )
  })
})

test('the busiest minute that an hour lets expect is three times a mean week and twice a mean minute', () => {
  expect(peakOfHour({ checkins: 5_200, weeks: 52 })).toBe(10)
})

describe('cards to order', () => {
  const year = { newHoldersAYear: 470, holders: 1_000, deliveryWeeks: 6 }

  test.each([
    ['enough for a year and a half', { ...year, stock: 780 }, { cardsAWeek: 10, weeksLeft: 78, isDue: false, order: 0 }],
    ['lasts beyond delivery and safety', { ...year, stock: 100 }, { cardsAWeek: 10, weeksLeft: 10, isDue: false, order: 550 }],
    ['less than that', { ...year, stock: 99 }, { cardsAWeek: 10, weeksLeft: 9.9, isDue: true, order: 550 }],
    ['none left', { ...year, stock: 0 }, { cardsAWeek: 10, weeksLeft: 0, isDue: true, order: 650 }],
  ])('%s', (_why, stock, forecast) => {
    expect(cardForecast(stock)).toEqual(forecast)
  })

  test('where nobody joins and nobody loses a card, nothing is ordered and nothing runs out', () => {
    expect(cardForecast({ stock: 0, newHoldersAYear: 0, holders: 0, deliveryWeeks: 6 })).toEqual({
      cardsAWeek: 0,
      isDue: false,
      order: 0,
    })
  })

  test('stock and order last for a year beyond delivery and safety, and no whole package too many is ordered', () => {
    const numbers = fc.record({
      stock: fc.integer({ min: 0, max: 50_000 }),
      newHoldersAYear: fc.integer({ min: 1, max: 50_000 }),
      holders: fc.integer({ min: 0, max: 500_000 }),
      deliveryWeeks: fc.integer({ min: 0, max: 52 }),
    })
    fc.assert(
      fc.property(numbers, (stock) => {
        const { cardsAWeek, order, isDue } = cardForecast(stock)
        const wanted = cardsAWeek * (stock.deliveryWeeks + SAFETY_WEEKS + 52)
        expect(stock.stock + order).toBeGreaterThanOrEqual(wanted - 1e-6)
        if (order > 0) expect(stock.stock + order - CARDS_PER_PACKAGE).toBeLessThan(wanted)
        if (isDue) expect(order).toBeGreaterThan(0)
      }),
    )
  })
})

describe('orders to come', () => {
  const year = { newHoldersAYear: 470, holders: 1_000, deliveryWeeks: 6 }

  test('go out when what is left lasts until delivery with the safety to spare, each for a year', () => {
    expect(plannedOrders({ ...year, stock: 200 }, 104)).toEqual([
      { inWeeks: 10, cards: 550 },
      { inWeeks: 65, cards: 550 },
    ])
  })

  test('the first is for today where too little is left, and none are made where none are used', () => {
    expect(plannedOrders({ ...year, stock: 30 }, 52)).toEqual([{ inWeeks: 0, cards: 600 }])
    expect(plannedOrders({ stock: 0, newHoldersAYear: 0, holders: 0, deliveryWeeks: 6 }, 52)).toEqual([])
  })

  test('between any of them there is no day without a card', () => {
    const numbers = fc.record({
      stock: fc.integer({ min: 0, max: 50_000 }),
      newHoldersAYear: fc.integer({ min: 1, max: 50_000 }),
      holders: fc.integer({ min: 0, max: 500_000 }),
      deliveryWeeks: fc.integer({ min: 0, max: 52 }),
    })
    fc.assert(
      fc.property(numbers, (asked) => {
        const { cardsAWeek } = cardForecast(asked)
        let stock = asked.stock
        let since = 0
        for (const { inWeeks, cards } of plannedOrders(asked, 260)) {
          const left = stock - (inWeeks - since) * cardsAWeek
          if (inWeeks > 0) expect(left).toBeGreaterThanOrEqual(cardsAWeek * asked.deliveryWeeks - 1e-6)
          stock = left + cards
          since = inWeeks
        }
      }),
    )
  })

  test('what went out between two counts is the cards that are gone, a week', () => {
    const before = { day: 100, cards: 500, received: 0 }
    expect(measuredUse(before, { day: 170, cards: 450, received: 50 })).toBe(10)
    expect(measuredUse(before, { day: 105, cards: 450, received: 0 })).toBeUndefined()
  })
})

describe('what a scenario asks', () => {
  test('grows from minimal to formal', () => {
    const asked = (['minimal', 'informal', 'formal'] as const).map((scenario) => missingAgreements(scenario, []))
    expect(asked.map((ids) => ids.length)).toEqual([6, 11, 13])
    for (const id of asked[0] ?? []) expect(asked[1]).toContain(id)
    for (const id of asked[1] ?? []) expect(asked[2]).toContain(id)
  })

  test('is missing until it is agreed', () => {
    expect(missingAgreements('formal', REGION_AGREEMENT_IDS)).toEqual([])
    const [first] = missingAgreements('minimal', [])
    expect(missingAgreements('minimal', first ? [first] : [])).not.toContain(first)
  })
})

describe('steps of a municipality that joins', () => {
  const launch = 21_000

  test('are reckoned back from the launch, unless somebody planned them', () => {
    const kept = new Map([['council', { planned: 20_800 }]])
    const steps = onboardingStandings(kept, { launch, today: 20_000 })
    const of = (id: string) => steps.find((step) => step.id === id)
    expect(of('council')).toMatchObject({ planned: 20_800, isReckoned: false, state: 'planned' })
    expect(of('training')).toMatchObject({ planned: launch - 28, isReckoned: true, state: 'planned' })
    expect(of('evaluation')).toMatchObject({ planned: launch + 182 })
  })

  test('are late after their day, due in the four weeks before it, open without a day, and done when done', () => {
    const steps = (today: number, days = {}) => onboardingStandings(new Map([['launch', days]]), { launch, today })
    const state = (today: number, days = {}) => steps(today, days).find(({ id }) => id === 'launch')?.state
    expect([launch + 1, launch, launch - 28, launch - 29].map((today) => state(today))).toEqual(['late', 'due', 'due', 'planned'])
    expect(state(launch + 1, { done: launch - 3 })).toBe('done')
    expect(new Set(onboardingStandings(new Map(), { today: 1 }).map((step) => step.state))).toEqual(new Set(['open']))
  })
})

describe('a municipality that joins', () => {
  const expected: ExpectedMember = {
    inhabitants: 20_000,
    increasedReimbursement: 3_000,
    reach: 0.1,
    coverage: 0.4,
    ticketsPerHolder: 5,
    regularPriceCents: 750,
    participant: 2_000,
    localGovernment: 4_000,
  }

  test('pays its share of the tickets that its passholders are expected to buy, with a quarter less or more', () => {
    expect(memberCost(expected)).toEqual({
      holders: 2_000,
      targetHolders: 1_200,
      tickets: 6_000,
      participantCents: 900_000,
      localGovernmentCents: 1_800_000,
      organizerCents: 1_800_000,
      lowCents: 1_350_000,
      highCents: 2_250_000,
    })
  })

  test('nobody has the social tariff without a pass', () => {
    expect(memberCost({ ...expected, reach: 0.01 }).holders).toBe(1_200)
  })

  test('what the payers pay is the regular price of all tickets, whatever the key', () => {
    const basisPoints = fc.integer({ min: 0, max: 10_000 })
    const anyMember = fc.record({
      inhabitants: fc.integer({ min: 0, max: 600_000 }),
      increasedReimbursement: fc.integer({ min: 0, max: 200_000 }),
      reach: fc.double({ min: 0, max: 1, noNaN: true }),
      coverage: fc.double({ min: 0, max: 2, noNaN: true }),
      ticketsPerHolder: fc.double({ min: 0, max: 50, noNaN: true }),
      regularPriceCents: fc.integer({ min: 0, max: 20_000 }),
      participant: basisPoints,
      localGovernment: basisPoints,
    })
    fc.assert(
      fc.property(anyMember, (member) => {
        const { tickets, participantCents, localGovernmentCents, organizerCents, lowCents, highCents } = memberCost(member)
        expect(participantCents + localGovernmentCents + organizerCents).toBe(tickets * member.regularPriceCents)
        expect(lowCents).toBeLessThanOrEqual(localGovernmentCents)
        expect(highCents).toBeGreaterThanOrEqual(localGovernmentCents)
      }),
    )
  })
})
