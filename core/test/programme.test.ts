import {
  type CheckinCommand,
  decide,
  decideRedemption,
  decideTicketSale,
  isFor,
  isGrantedOn,
  isPassNumber,
  ONLY_UITPAS,
  type Programme,
  programmeOfHolder,
  type TicketLine,
  UITPAS,
  usedProgramme,
} from '@zuil/core'
import { describe, expect, test } from 'vitest'
import {
  aCard,
  aCheckin,
  aHolder,
  anEvent,
  aPredecessorHolder,
  aProgramme,
  aRedemption,
  aReward,
  NOON,
  programmesOf,
  someRules,
} from './builders.ts'

const BOOK = programmesOf(aProgramme())
const OWN_EVENT = anEvent({ programme: 'beleefpas', cardSystems: [9001] })
const checkin = (members: Partial<CheckinCommand>, programmes = BOOK) => decide(aCheckin(members), someRules({ programmes }))
const codeOf = (decision: ReturnType<typeof checkin>) => (decision.kind === 'refused' ? decision.refusal.code : 'proposed')
const transactionOf = (decision: ReturnType<typeof checkin>) =>
  decision.kind === 'proposed' && decision.proposal.record.kind === 'transaction'
    ? decision.proposal.record.transaction
    : undefined

describe('the programme of a holder', () => {
  test('is that of its card systems, and UiTPAS for who has none', () => {
    expect(programmeOfHolder(aPredecessorHolder(), BOOK)).toBe('beleefpas')
    expect(programmeOfHolder(aHolder(), BOOK)).toBe('uitpas')
    expect(programmeOfHolder(aHolder({ memberships: [] }), BOOK)).toBe('uitpas')
    expect(programmeOfHolder(aPredecessorHolder(), ONLY_UITPAS)).toBe('uitpas')
  })
})

describe('the number of a pass', () => {
  const digits = { prefix: 'BP', digits: 6, checkDigit: false }
  test.each<[string, Programme['passNumbers'], boolean]>([
    ['0900000095902', 'UITPAS', true],
    ['0900000095903', 'UITPAS', false],
    ['BP000101', digits, true],
    ['bp000101', digits, false],
    ['BP00101', digits, false],
    ['BP0001012', digits, false],
    ['BP00010X', digits, false],
    ['0900000095902', digits, false],
    ['BP18', { ...digits, digits: 2, checkDigit: true }, true],
    ['BP19', { ...digits, digits: 2, checkDigit: true }, false],
    ['1234', { prefix: '', digits: 4, checkDigit: false }, true],
    ['0900000095902', 'NONE', false],
    ['', 'NONE', false],
  ])('%s, where passes have %j: %s', (text, passNumbers, isOne) => {
    expect(isPassNumber(text, { passNumbers })).toBe(isOne)
  })
})

describe('a check-in', () => {
  test.each([
    ['a pass of the programme at its event', aPredecessorHolder(), OWN_EVENT, 'proposed'],
    ['a UiTPAS at an event of the programme', aHolder(), OWN_EVENT, 'invalid-card'],
    ['a pass of the programme at an event of UiTPAS', aPredecessorHolder(), anEvent(), 'invalid-card'],
    ['a UiTPAS at an event of a programme that nobody declared', aHolder(), anEvent({ programme: 'grabbelpas' }), 'invalid-card'],
  ])('with %s ends as it has to on every channel', (_title, holder, event, code) => {
    for (const channel of ['COUNTER', 'KIOSK', 'SELF'] as const) expect(codeOf(checkin({ holder, event, channel }))).toBe(code)
  })

  test('says in Dutch which programme counts', () => {
    const decision = checkin({ event: OWN_EVENT })
    expect(decision).toMatchObject({
      refusal: { endUserMessage: { nl: 'Dit is een pas van UiTPAS, die kan je hier niet gebruiken: hier geldt Beleefpas.' } },
    })
  })

  test('counts in the balance of its programme, and carries it', () => {
    const decision = checkin({ holder: aPredecessorHolder(), event: OWN_EVENT })
    expect(transactionOf(decision)).toMatchObject({ programme: 'beleefpas', points: 1, memberships: [9001] })
    expect(decision).toMatchObject({ proposal: { guards: [{ counter: 'points/beleefpas', add: 1 }, {}] } })
  })

  test('gives nothing where the programme has no points, and is a visit all the same', () => {
    const book = programmesOf(aProgramme({ hasPoints: false }))
    expect(transactionOf(checkin({ holder: aPredecessorHolder(), event: OWN_EVENT }, book))?.points).toBe(0)
  })

  test('of a device that was offline is kept with a flag and without points', () => {
    const fact = { channel: 'BATCH', event: OWN_EVENT } as const
    expect(transactionOf(checkin(fact))).toMatchObject({ programme: 'beleefpas', points: 0, flags: ['PASS_NOT_VALID'] })
    expect(transactionOf(checkin({ ...fact, occurredAt: Number.NaN }))?.flags).toEqual(['CLOCK', 'PASS_NOT_VALID'])
    expect(transactionOf(checkin({ ...fact, holder: aPredecessorHolder() }))).toMatchObject({ points: 1, flags: [] })
  })
})

describe('the ages and days of a programme', () => {
  test.each<[string, Partial<Programme>, number, boolean]>([
    ['without ages, anybody', {}, 1940, true],
    ['to 18, born 18 years ago', { ages: { to: 18 } }, 2008, true],
    ['to 18, born 19 years ago: may still be 18', { ages: { to: 18 } }, 2007, true],
    ['to 18, born 20 years ago', { ages: { to: 18 } }, 2006, false],
    ['from 6, born 6 years ago', { ages: { from: 6 } }, 2020, true],
    ['from 6, born 5 years ago', { ages: { from: 6 } }, 2021, false],
    ['to 18, year of birth unknown', { ages: { to: 18 } }, 0, true],
    ['on its last day', { runs: { until: '2026-11-21' } }, 2000, true],
    ['after its last day', { runs: { until: '2026-11-20' } }, 2000, false],
    ['on its first day', { runs: { from: '2026-11-21' } }, 2000, true],
    ['before its first day', { runs: { from: '2026-11-22' } }, 2000, false],
  ])('%s', (_title, rules, birthYear, isGood) => {
    const holder = aPredecessorHolder({ birthYear })
    const used = usedProgramme({ programme: 'beleefpas', holder, at: NOON }, programmesOf(aProgramme(rules)))
    expect('programme' in used).toBe(isGood)
  })

  test('end at midnight in Brussels', () => {
    const book = programmesOf(aProgramme({ runs: { until: '2026-11-21' } }))
    const usedAt = (text: string) =>
      usedProgramme({ programme: 'beleefpas', holder: aPredecessorHolder(), at: Date.parse(text) }, book)
    expect('programme' in usedAt('2026-11-21T23:59:59.999+01:00')).toBe(true)
    expect(usedAt('2026-11-22T00:00:00+01:00')).toMatchObject({ refusal: { code: 'invalid-card' } })
  })
})

describe('a reward', () => {
  const own = aReward({ programme: 'beleefpas' })
  const decisionOn = (members: Parameters<typeof aRedemption>[0], programmes = BOOK) => {
    const decision = decideRedemption(aRedemption({ programmes, ...members }))
    return decision.kind === 'refused' ? decision.refusal.code : 'proposed'
  }

  test('is bought with the points of its own programme only', () => {
    expect(decisionOn({ reward: own, holder: aPredecessorHolder() })).toBe('proposed')
    expect(decisionOn({ reward: own })).toBe('reward-passholder-no-applicable-cardsystems')
    expect(decisionOn({ holder: aPredecessorHolder() })).toBe('reward-passholder-no-applicable-cardsystems')
    expect([isFor(own, aPredecessorHolder(), BOOK), isFor(own, aHolder(), BOOK)]).toEqual([true, false])
  })

  test('is not there where the programme has none, nor after its last day', () => {
    const holder = aPredecessorHolder()
    expect(decisionOn({ reward: own, holder }, programmesOf(aProgramme({ hasRewards: false })))).toBe('reward-not-found')
    const over = programmesOf(aProgramme({ runs: { until: '2026-11-20' } }))
    expect(decisionOn({ reward: own, holder }, over)).toBe('invalid-card')
  })

  test('of welcome comes with a card system of its programme', () => {
    const welcome = (members: object) => aReward({ type: 'WELCOME', points: 0, owningCardSystem: 0, ...members })
    const isGranted = (cardSystem: number, members: object, programmes = BOOK) =>
      isGrantedOn(welcome(members), { cardSystem, since: NOON }, { homeNis: 0, programmes })
    const beleefpas = { programme: 'beleefpas' }
    expect([isGranted(9001, beleefpas), isGranted(5, beleefpas), isGranted(9001, {}), isGranted(5, {})]).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(isGranted(9001, beleefpas, programmesOf(aProgramme({ hasRewards: false })))).toBe(false)
  })
})

describe('a ticket', () => {
  const part = { type: 'FIXED', cents: 0 } as const
  const parts = { participant: part, organizer: part, localGovernment: part, flemishGovernment: part }
  const key = {
    id: 1,
    name: 'Eigen sleutel',
    cardSystem: 9001,
    kind: 'AUTOMATIC',
    organizers: [],
    prices: [],
    socialTariff: 'MY_CARDSYSTEM',
    splits: [{ sameCity: parts, otherCity: parts }],
  } as const
  const book = { keysOf: (id: number) => (id === 9001 ? [key] : []), key: () => key, coupon: () => undefined }
  const entitled = aPredecessorHolder({ memberships: [{ cardSystem: 9001, status: 'ACTIVE', socialTariff: 'ACTIVE' }] })
  const line = (members: Partial<TicketLine> = {}): TicketLine => ({
    isNumberValid: true,
    eventId: OWN_EVENT.id,
    event: OWN_EVENT,
    organizer: undefined,
    card: aCard(),
    holder: entitled,
    tariff: 'SOCIALTARIFF',
    price: 1000,
    label: '',
    ...members,
  })
  const decisionOn = (members: Partial<TicketLine>, programmes = BOOK) => {
    const decision = decideTicketSale({ lines: [line(members)], now: NOON, client: 'c', request: '', book, programmes })
    return decision.kind === 'refused' ? decision.refusal.code : 'proposed'
  }

  test('is sold to passes of the programme of its event', () => {
    expect(decisionOn({})).toBe('proposed')
    expect(decisionOn({ holder: aHolder() })).toBe('invalid-card')
    expect(decisionOn({ event: anEvent() })).toBe('invalid-card')
  })

  test('has no tariff where the programme has none', () => {
    expect(decisionOn({}, programmesOf(aProgramme({ hasTariffs: false })))).toBe('invalid-distributionkey')
  })
})

test('UiTPAS has the rules that it always had', () => {
  expect(UITPAS).toEqual({
    id: 'uitpas',
    names: { nl: 'UiTPAS', fr: 'UiTPAS', en: 'UiTPAS' },
    cardSystems: [],
    passNumbers: 'UITPAS',
    hasPoints: true,
    hasRewards: true,
    hasTariffs: true,
    checkinPoints: 1,
  })
  expect(codeOf(checkin({}, ONLY_UITPAS))).toBe('proposed')
})
