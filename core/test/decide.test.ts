import {
  type CheckinChannel,
  type CheckinCommand,
  type Command,
  decide,
  type Event,
  type Membership,
  type ProblemCode,
  refusalOfGuard,
  type SocialTariffState,
} from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { ALWAYS, aCard, aCheckin, aHolder, aMembership, anEvent, aTransaction, NEVER, NOON, someRules } from './builders.ts'

const DAY_MS = 86_400_000
const DAYTIME: Event['calendar'] = {
  type: 'permanent',
  openingHours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '08:00', closes: '20:00' }],
  closedDays: [],
  adjustedDays: [],
}
const NOON_IN_WEEK = { key: '2026-W47', expiresAt: Date.parse('2026-11-30T00:00:00+01:00') }

/** What a refused command answers, or `proposed`. */
function answerTo(command: Command): ProblemCode | 'proposed' {
  const decision = decide(command, someRules())
  return decision.kind === 'refused' ? decision.refusal.code : 'proposed'
}

/** Faults in the order in which the API looks for them. */
const FAULTS = {
  number: { isNumberValid: false },
  event: { event: undefined },
  'event without card system': { event: anEvent({ cardSystems: [] }) },
  card: { card: undefined, holder: undefined },
  'card of nobody': { card: aCard({ holder: 0 }) },
  'group pass': { holder: aHolder({ passType: 'GROUP' }) },
  'blocked card': { card: aCard({ status: 'BLOCKED' }) },
  'card in stock': { card: aCard({ status: 'LOCAL_STOCK' }) },
  'blocked membership': { holder: aHolder({ memberships: [aMembership({ status: 'BLOCKED' })] }) },
  'no membership': { holder: aHolder({ memberships: [] }) },
  'event over': { event: anEvent({ calendar: NEVER }) },
  'event cancelled': { event: anEvent({ available: false }) },
  'event removed': { event: anEvent({ workflowStatus: 'DELETED' }) },
} as const satisfies Record<string, Partial<CheckinCommand>>
type Fault = keyof typeof FAULTS

const ANSWERS: Record<CheckinChannel, Record<Fault, ProblemCode | 'proposed'>> = {
  COUNTER: {
    number: 'invalid-uitpas-number',
    event: 'event-not-found',
    'event without card system': 'event-not-found',
    card: 'passholder-not-found',
    'card of nobody': 'passholder-not-found',
    'group pass': 'invalid-card',
    'blocked card': 'invalid-card-status',
    'card in stock': 'invalid-card-status',
    'blocked membership': 'passholder-no-active-cardsystems',
    'no membership': 'passholder-no-active-cardsystems',
    'event over': 'checkin-not-allowed',
    'event cancelled': 'checkin-not-allowed',
    'event removed': 'checkin-not-allowed',
  },
  KIOSK: {
    number: 'invalid-uitpas-number',
    event: 'event-not-found',
    'event without card system': 'event-not-found',
    card: 'passholder-not-found',
    'card of nobody': 'passholder-not-found',
    'group pass': 'invalid-card',
    'blocked card': 'card-blocked',
    'card in stock': 'card-blocked',
    'blocked membership': 'checkin-not-allowed',
    'no membership': 'checkin-not-allowed',
    'event over': 'checkin-not-allowed',
    'event cancelled': 'checkin-not-allowed',
    'event removed': 'checkin-not-allowed',
  },
  SELF: {
    number: 'invalid-uitpas-number',
    event: 'checkin-code-invalid',
    'event without card system': 'checkin-code-invalid',
    card: 'passholder-not-found',
    'card of nobody': 'passholder-not-found',
    'group pass': 'checkin-not-allowed',
    'blocked card': 'proposed',
    'card in stock': 'proposed',
    'blocked membership': 'passholder-no-active-cardsystems',
    'no membership': 'passholder-no-active-cardsystems',
    'event over': 'checkin-not-allowed',
    'event cancelled': 'checkin-not-allowed',
    'event removed': 'checkin-not-allowed',
  },
  BATCH: {
    number: 'invalid-uitpas-number',
    event: 'event-not-found',
    'event without card system': 'event-not-found',
    card: 'passholder-not-found',
    'card of nobody': 'passholder-not-found',
    'group pass': 'invalid-card',
    'blocked card': 'proposed',
    'card in stock': 'proposed',
    'blocked membership': 'proposed',
    'no membership': 'proposed',
    'event over': 'proposed',
    'event cancelled': 'proposed',
    'event removed': 'proposed',
  },
}

// Object.entries' keys are those of the two tables above.
const CASES = Object.entries(ANSWERS).flatMap(([channel, answers]) =>
  Object.entries(answers).map(([fault, answer]) => [channel, fault, answer] as [CheckinChannel, Fault, ProblemCode | 'proposed']),
)

/** The two that replace the same part of the command (event, card, holder) cannot come together. */
const ORDER: readonly (readonly [Fault, Fault])[] = [
  ['number', 'event'],
  ['event', 'card'],
  ['card', 'event over'],
  ['card of nobody', 'group pass'],
  ['group pass', 'blocked card'],
  ['blocked card', 'blocked membership'],
  ['blocked membership', 'event over'],
  ['blocked card', 'event cancelled'],
  ['group pass', 'event over'],
]

describe('a check-in', () => {
  test.each(CASES)('at %s with %s is answered with %s', (channel, fault, answer) => {
    expect(answerTo(aCheckin({ channel, ...FAULTS[fault] }))).toBe(answer)
  })

  test.each(ORDER)('with two faults is refused for the first: %s before %s', (first, second) => {
    for (const channel of ['COUNTER', 'KIOSK'] as const) {
      const both = { ...FAULTS[second], ...FAULTS[first] }
      expect(answerTo(aCheckin({ channel, ...both }))).toBe(ANSWERS[channel][first])
    }
  })

  test.each(['COUNTER', 'KIOSK', 'SELF', 'BATCH'] as const)('at %s without fault is proposed', (channel) => {
    expect(answerTo(aCheckin({ channel }))).toBe('proposed')
  })

  test('decided twice is the same', () => {
    const rules = someRules()
    const command = aCheckin()
    expect(decide(command, rules)).toEqual(decide(command, rules))
  })

  test('surprise 21: freezes everything a figure needs', () => {
    const holder = aHolder({
      memberships: [
        aMembership({ cardSystem: 14, socialTariff: 'EXPIRED' }),
        aMembership({ cardSystem: 5, socialTariff: 'GRACE' }),
        aMembership({ cardSystem: 1, status: 'BLOCKED', socialTariff: 'ACTIVE' }),
      ],
    })
    expect(decide(aCheckin({ holder, request: 'ab.cd' }), someRules())).toEqual({
      kind: 'proposed',
      proposal: {
        guards: [
          { counter: 'points', owner: 12, period: '', add: 1 },
          { counter: 'checkins/4711', owner: 12, period: NOON_IN_WEEK.key, add: 1, atMost: 1, expiresAt: NOON_IN_WEEK.expiresAt },
        ],
        record: {
          kind: 'transaction',
          transaction: aTransaction({ socialTariff: 'GRACE', memberships: [5, 14], request: 'ab.cd' }),
        },
      },
    })
  })

  test.each<[SocialTariffState, SocialTariffState[]]>([
    ['NONE', []],
    ['NONE', ['NONE']],
    ['EXPIRED', ['NONE', 'EXPIRED']],
    ['SUSPENDED', ['EXPIRED', 'SUSPENDED']],
    ['GRACE', ['SUSPENDED', 'GRACE', 'EXPIRED']],
    ['ACTIVE', ['GRACE', 'ACTIVE', 'NONE']],
  ])('keeps the best social tariff, %s of %j, and is not refused for it', (expected, states) => {
    const memberships: Membership[] = [aMembership(), ...states.map((socialTariff) => aMembership({ socialTariff }))]
    expect(transactionOf(aCheckin({ holder: aHolder({ memberships }) })).socialTariff).toBe(expected)
  })

  test('surprise 30: with either card of a person it is the same holder, to be counted once', () => {
    const cards = [aCard({ number: 34 }), aCard({ number: 35, cardSystem: 14 })]
    const transactions = cards.map((card) => transactionOf(aCheckin({ card })))
    expect(transactions.map(({ holder, card }) => [holder, card])).toEqual([
      [12, 34],
      [12, 35],
    ])
  })

  test('surprise 9: needs no membership in the card systems of the event', () => {
    expect(answerTo(aCheckin({ holder: aHolder({ memberships: [aMembership({ cardSystem: 99 })] }) }))).toBe('proposed')
  })

  test('belongs to the day in Brussels', () => {
    const now = Date.parse('2026-11-21T23:30:00Z')
    expect(transactionOf(aCheckin({ now, occurredAt: now })).occurredOn).toBe('2026-11-22')
  })

  test('without limit has the balance as its only guard', () => {
    const { checkinLimit: _limit, ...event } = anEvent()
    expect(guardsOf(aCheckin({ event })).map((guard) => guard.counter)).toEqual(['points'])
  })

  test('with an absolute limit counts for ever', () => {
    const event = anEvent({ checkinLimit: { volume: 3, period: 'ABSOLUTE' } })
    expect(guardsOf(aCheckin({ event })).at(-1)).toEqual({ counter: 'checkins/4711', owner: 12, period: '', add: 1, atMost: 3 })
  })

  test('tells the time from which it is possible', () => {
    const startsAt = Date.parse('2026-11-22T20:00:00+01:00')
    const occurrences = [{ startsAt, endsAt: startsAt + 1, hasHours: true, available: true }]
    const decision = decide(aCheckin({ event: anEvent({ calendar: { type: 'single', occurrences } }) }), someRules())
    if (decision.kind !== 'refused') throw new Error('not refused')
    expect(decision.refusal.detail).toContain('INVALID_DATE_TIME')
    expect(decision.refusal.endUserMessage.nl).toContain('22 november 2026 om 15:00')
  })
})

describe('a limit that is reached', () => {
  test.each<[CheckinChannel, ProblemCode]>([
    ['COUNTER', 'checkin-not-allowed'],
    ['SELF', 'checkin-not-allowed'],
    ['KIOSK', 'maximum-reached'],
  ])('is for %s the problem %s', (channel, code) => {
    const refusal = refusalOfGuard(aCheckin({ channel }), 1)
    expect(refusal.code).toBe(code)
    expect(refusal.detail).toContain('MAXIMUM_REACHED')
    expect(refusal.endUserMessage.nl).toContain('1 keer per week')
  })

  test('is the only guard that can fail', () => {
    expect(() => refusalOfGuard(aCheckin(), 0)).toThrow(RangeError)
  })
})

describe('a fact that a device brings later', () => {
  const fact = (members: Partial<CheckinCommand> = {}) => aCheckin({ channel: 'BATCH', occurredAt: NOON - DAY_MS, ...members })

  test('counts in the period of its scan', () => {
    const sunday = Date.parse('2026-11-15T12:00:00+01:00')
    expect(guardsOf(fact({ occurredAt: sunday })).at(-1)).toMatchObject({ period: '2026-W46', atMost: 1 })
    expect(transactionOf(fact({ occurredAt: sunday }))).toMatchObject({ occurredOn: '2026-11-15', points: 1, flags: [] })
  })

  test('is journalled without points when its limit is reached', () => {
    const decision = decide(fact(), someRules())
    if (decision.kind !== 'proposed') throw new Error('refused')
    const occurredAt = NOON - DAY_MS
    const flagged = aTransaction({ channel: 'BATCH', occurredAt, occurredOn: '2026-11-20', points: 0, flags: ['LIMIT_REACHED'] })
    expect(decision.proposal.otherwise).toEqual({ guards: [], record: { kind: 'transaction', transaction: flagged } })
  })

  test.each<[string, Partial<CheckinCommand>, readonly string[]]>([
    ['outside the window', { event: anEvent({ calendar: NEVER }) }, ['OUTSIDE_WINDOW']],
    ['of a cancelled event', { event: anEvent({ available: false }) }, ['OUTSIDE_WINDOW']],
    ['of a blocked card', { card: aCard({ status: 'BLOCKED' }) }, ['CARD_NOT_ACTIVE']],
    ['without membership', { holder: aHolder({ memberships: [] }) }, ['NO_ACTIVE_MEMBERSHIP']],
    ['seven days old', { occurredAt: NOON - 7 * DAY_MS }, []],
    ['more than seven days old', { occurredAt: NOON - 7 * DAY_MS - 1 }, ['LATE']],
    ['of a clock that runs five minutes ahead', { occurredAt: NOON + 300_000 }, []],
    ['of a clock that runs further ahead', { occurredAt: NOON + 300_001 }, ['CLOCK']],
    ['of a clock that was never set', { occurredAt: 0 }, ['CLOCK']],
    ['of a clock that shows no time', { occurredAt: Number.NaN, event: anEvent({ calendar: DAYTIME }) }, ['CLOCK']],
    ['of a clock beyond all time', { occurredAt: 1e300, event: anEvent({ calendar: DAYTIME }) }, ['CLOCK']],
    [
      'with everything wrong',
      {
        occurredAt: NOON - 8 * DAY_MS,
        event: anEvent({ calendar: NEVER }),
        card: aCard({ status: 'DELETED' }),
        holder: aHolder({ memberships: [] }),
      },
      ['OUTSIDE_WINDOW', 'LATE', 'CARD_NOT_ACTIVE', 'NO_ACTIVE_MEMBERSHIP'],
    ],
  ])('%s is flagged, without points and guards', (_title, members, flags) => {
    const command = fact(members)
    expect(transactionOf(command)).toMatchObject({ flags, points: flags.length > 0 ? 0 : 1 })
    expect(guardsOf(command)).toHaveLength(flags.length > 0 ? 0 : 2)
  })

  test('of a wrong clock counts at the time it came in', () => {
    expect(transactionOf(fact({ occurredAt: 0 }))).toMatchObject({ occurredAt: NOON, occurredOn: '2026-11-21' })
  })

  test('is judged by the window at its scan, not now', () => {
    const event: Event = anEvent({
      calendar: { ...ALWAYS, closedDays: [{ from: '2026-11-21', to: '2026-11-21' }] } as Event['calendar'],
    })
    expect(transactionOf(fact({ event })).flags).toEqual([])
    expect(transactionOf(fact({ event, occurredAt: NOON })).flags).toEqual(['OUTSIDE_WINDOW'])
  })
})

function entryOf(command: Command) {
  const decision = decide(command, someRules())
  if (decision.kind !== 'proposed') throw new Error(`refused: ${decision.refusal.code}`)
  return decision.proposal
}

function guardsOf(command: Command) {
  return entryOf(command).guards
}

function transactionOf(command: Command) {
  const { record } = entryOf(command)
  if (record.kind !== 'transaction') throw new Error(`a ${record.kind}`)
  return record.transaction
}
