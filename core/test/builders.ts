import {
  type Calendar,
  type Card,
  type CheckinCommand,
  CheckinWindows,
  type DecisionRules,
  type Event,
  type Holder,
  type Membership,
  ONLY_UITPAS,
  type Programme,
  type ProgrammeBook,
  type RedemptionCommand,
  type Reward,
  type Transaction,
} from '@zuil/core'

/** Saturday 21 November 2026, 12:00 in Brussels. */
export const NOON = Date.parse('2026-11-21T12:00:00+01:00')

export const ALWAYS: Calendar = { type: 'permanent', openingHours: [], closedDays: [], adjustedDays: [] }
export const NEVER: Calendar = { type: 'multiple', occurrences: [] }

export function aMembership(members: Partial<Membership> = {}): Membership {
  return { cardSystem: 5, status: 'ACTIVE', socialTariff: 'NONE', ...members }
}

export function aHolder(members: Partial<Holder> = {}): Holder {
  return {
    number: 12,
    passType: 'INDIVIDUAL',
    homeNis: 44021,
    homePostalCode: '9000',
    birthYear: 1983,
    memberships: [aMembership()],
    ...members,
  }
}

/** Of children, with numbers of its own; card system 9001 is its own. */
export function aProgramme(members: Partial<Programme> = {}): Programme {
  return {
    id: 'beleefpas',
    names: { nl: 'Beleefpas', fr: 'Beleefpas', en: 'Beleefpas' },
    cardSystems: [9001],
    passNumbers: { prefix: 'BP', digits: 6, checkDigit: false },
    hasPoints: true,
    hasRewards: true,
    hasTariffs: true,
    checkinPoints: 2,
    ...members,
  }
}

/** UiTPAS and the programmes. */
export function programmesOf(...programmes: readonly Programme[]): ProgrammeBook {
  return {
    programme: (id) => programmes.find((programme) => programme.id === id) ?? ONLY_UITPAS.programme(id),
    programmeOf: (cardSystem) => programmes.find(({ cardSystems }) => cardSystems.includes(cardSystem))?.id ?? 'uitpas',
  }
}

/** A holder in the card system of {@link aProgramme}. */
export function aPredecessorHolder(members: Partial<Holder> = {}): Holder {
  return aHolder({ memberships: [aMembership({ cardSystem: 9001 })], ...members })
}

export function aCard(members: Partial<Card> = {}): Card {
  return { number: 34, holder: 12, cardSystem: 5, status: 'ACTIVE', ...members }
}

/** Open all day, one point, at most one check-in a week. */
export function anEvent(members: Partial<Event> = {}): Event {
  return {
    id: '5a0967f9-cc06-4c3c-9206-30481a767434',
    number: 4711,
    title: 'Bezoek aan de bib',
    organizer: '0ce87cbc-9299-4528-8d35-92225dc9489f',
    location: '8248e289-c986-4006-902f-b0616dcbcde7',
    locationName: 'De Krook',
    venueNis: 44021,
    type: '0.50.4.0.0',
    theme: '1.8.3.5.0',
    calendar: ALWAYS,
    workflowStatus: 'APPROVED',
    available: true,
    cardSystems: [3, 5],
    programme: 'uitpas',
    checkinPoints: 1,
    checkinLimit: { volume: 1, period: 'WEEK' },
    ...members,
  }
}

export function aCheckin(members: Partial<CheckinCommand> = {}): CheckinCommand {
  return {
    kind: 'CHECKIN',
    channel: 'COUNTER',
    now: NOON,
    occurredAt: NOON,
    event: anEvent(),
    card: aCard(),
    holder: aHolder(),
    device: '',
    client: 'sample-client',
    request: '',
    ...members,
  }
}

/** Costs 4 points, for everybody, without bounds. */
export function aReward(members: Partial<Reward> = {}): Reward {
  return {
    id: '5687',
    number: 7,
    title: 'Koffie',
    type: 'POINTS',
    points: 4,
    programme: 'uitpas',
    cardSystems: [],
    owningCardSystem: 5,
    residentsOf: [],
    organizers: [],
    categories: ['Eten en drinken'],
    forKids: false,
    sport: false,
    featured: false,
    online: false,
    status: 'ACTIVE',
    ...members,
  }
}

export function aRedemption(members: Partial<RedemptionCommand> = {}): RedemptionCommand {
  return {
    kind: 'REDEMPTION',
    channel: 'COUNTER',
    now: NOON,
    rewardId: '5687',
    reward: aReward(),
    card: aCard(),
    holder: aHolder(),
    organizer: '0ce87cbc-9299-4528-8d35-92225dc9489f',
    venueNis: 44021,
    code: '',
    client: 'sample-client',
    request: '',
    programmes: ONLY_UITPAS,
    ...members,
  }
}

export function someRules(members: Partial<DecisionRules> = {}): DecisionRules {
  return { windows: new CheckinWindows(), offlineDaysMax: 7, programmes: ONLY_UITPAS, ...members }
}

export function aTransaction(members: Partial<Transaction> = {}): Transaction {
  return {
    kind: 'CHECKIN',
    programme: 'uitpas',
    occurredAt: NOON,
    occurredOn: '2026-11-21',
    channel: 'COUNTER',
    holder: 12,
    card: 34,
    homeNis: 44021,
    homePostalCode: '9000',
    birthYear: 1983,
    socialTariff: 'NONE',
    memberships: [5],
    event: '5a0967f9-cc06-4c3c-9206-30481a767434',
    eventNumber: 4711,
    eventType: '0.50.4.0.0',
    eventTheme: '1.8.3.5.0',
    eventCardSystems: [3, 5],
    organizer: '0ce87cbc-9299-4528-8d35-92225dc9489f',
    location: '8248e289-c986-4006-902f-b0616dcbcde7',
    venueNis: 44021,
    device: '',
    client: 'sample-client',
    points: 1,
    limitPeriod: 'WEEK',
    flags: [],
    request: '',
    ...members,
  }
}
