import { parseBonus } from '@zuil/core/registry/bonus'
import { eventFromUitdatabank } from '@zuil/core/registry/event'
import { parseCard, parsePassholder } from '@zuil/core/registry/passholder'
import { parseProgramme } from '@zuil/core/registry/programme'
import { parseReward } from '@zuil/core/registry/reward'
import { describe, expect, test } from 'vitest'
import { aProgramme, programmesOf } from '../builders.ts'
import { CONTEXT, entryOf, faultsOf } from './context.ts'

const DOCUMENT = { id: 'beleefpas', names: { nl: 'Beleefpas' }, cardSystems: [{ id: 9002 }, { id: 9001 }] }
const DECLARED = { ...CONTEXT, programmes: programmesOf(aProgramme()) }
const pointersOf = (parsed: Parameters<typeof faultsOf>[0]) => faultsOf(parsed).map(({ jsonPointer }) => jsonPointer)

describe('a programme', () => {
  test('that says nothing more has the rules of UiTPAS', () => {
    expect(entryOf(parseProgramme(DOCUMENT, CONTEXT))).toEqual({
      id: 'beleefpas',
      names: { nl: 'Beleefpas', fr: 'Beleefpas', en: 'Beleefpas' },
      cardSystems: [9001, 9002],
      passNumbers: 'UITPAS',
      hasPoints: true,
      hasRewards: true,
      hasTariffs: true,
      checkinPoints: 1,
    })
  })

  test('may have its own numbers, rules, ages and days', () => {
    const rules = {
      passNumbers: { prefix: 'BP', digits: 6 },
      points: false,
      rewards: false,
      tariffs: false,
      checkinPoints: 2,
      checkinLimit: { volume: 3, periodType: 'MONTH' },
      ages: { from: 0, to: 18 },
      runs: { from: '2019-09-01', until: '2026-12-31' },
    }
    expect(entryOf(parseProgramme({ ...DOCUMENT, ...rules }, CONTEXT))).toMatchObject({
      passNumbers: { prefix: 'BP', digits: 6, checkDigit: false },
      hasPoints: false,
      hasRewards: false,
      hasTariffs: false,
      checkinPoints: 2,
      checkinLimit: { volume: 3, period: 'MONTH' },
      ages: { from: 0, to: 18 },
      runs: { from: '2019-09-01', until: '2026-12-31' },
    })
  })

  test.each<[string, object, string]>([
    ['that is UiTPAS itself', { id: 'uitpas' }, '/id'],
    ['whose id has a space', { id: 'belee pas' }, '/id'],
    ['without a Dutch name', { names: { fr: 'x' } }, '/names'],
    ['with the numbers of a UiTPAS', { passNumbers: { digits: 13 } }, '/passNumbers'],
    ['with numbers that are INSZ numbers', { passNumbers: { prefix: '99', digits: 9 } }, '/passNumbers'],
    ['with numbers that are chip numbers', { passNumbers: { prefix: 'AB', digits: 12 } }, '/passNumbers'],
    ['for ages that are none', { ages: { from: 19, to: 18 } }, '/ages/to'],
    ['until a day that is none', { runs: { until: '2026-02-30' } }, '/runs/until'],
    ['until before it began', { runs: { from: '2026-02-02', until: '2026-02-01' } }, '/runs/until'],
  ])('%s is refused with the place', (_title, members, pointer) => {
    expect(pointersOf(parseProgramme({ ...DOCUMENT, ...members }, CONTEXT))).toEqual([pointer])
  })

  test('keeps its card systems, and takes none of another', () => {
    expect(pointersOf(parseProgramme({ ...DOCUMENT, cardSystems: [{ id: 9002 }] }, DECLARED))).toEqual(['/cardSystems'])
    expect(pointersOf(parseProgramme({ ...DOCUMENT, id: 'grabbelpas' }, DECLARED))).toEqual(['/cardSystems/1/id'])
    expect(parseProgramme(DOCUMENT, DECLARED).ok).toBe(true)
  })
})

describe('what names a programme', () => {
  const member = { cardSystem: { id: 9001 }, uitpasNumber: 'BP000101' }
  const uitpas = { cardSystem: { id: 5 }, uitpasNumber: '0900000095902' }
  const pass = { id: 'p', firstName: 'Lotte', name: 'Baert', cardSystemMemberships: [member] }

  test('a passholder has numbers of its programme, and is in one only', () => {
    expect(entryOf(parsePassholder({ ...pass, programme: 'beleefpas' }, DECLARED)).cards[0]?.uitpasNumber).toBe('BP000101')
    expect(pointersOf(parsePassholder(pass, CONTEXT))).toEqual(['/cardSystemMemberships/0/uitpasNumber'])
    expect(pointersOf(parsePassholder({ ...pass, programme: 'uitpas' }, DECLARED))).toEqual(['/cardSystemMemberships'])
    expect(pointersOf(parsePassholder({ ...pass, programme: 'grabbelpas' }, DECLARED))).toEqual(['/programme'])
    expect(pointersOf(parsePassholder({ ...pass, cardSystemMemberships: [member, uitpas] }, DECLARED))).toEqual([
      '/cardSystemMemberships',
    ])
    const cards = [{ ...uitpas, status: 'DELETED' }]
    expect(pointersOf(parsePassholder({ ...pass, cards }, DECLARED))).toEqual(['/cardSystemMemberships'])
  })

  test('a programme without cards has passholders without numbers', () => {
    const cardless = { ...CONTEXT, programmes: programmesOf(aProgramme({ passNumbers: 'NONE' })) }
    expect(entryOf(parsePassholder({ ...pass, cardSystemMemberships: [{ cardSystem: { id: 9001 } }] }, cardless)).cards).toEqual(
      [],
    )
    expect(pointersOf(parsePassholder(pass, cardless))).toEqual(['/cardSystemMemberships/0/uitpasNumber'])
  })

  test('a loose card has a number of the programme of its card system', () => {
    expect(parseCard({ ...member, status: 'LOCAL_STOCK' }, DECLARED).ok).toBe(true)
    expect(pointersOf(parseCard({ ...member, status: 'LOCAL_STOCK' }, CONTEXT))).toEqual(['/uitpasNumber'])
  })

  test('an event has the defaults of its programme, and card systems of it', () => {
    const event = {
      id: 'e',
      name: 'Atelier',
      calendarType: 'permanent',
      organizer: { id: 'd42cb5d9-adee-47b8-90a9-d030f04dbe26' },
    }
    const context = {
      ...CONTEXT,
      cardSystemsOf: () => [5, 9001],
      programmes: programmesOf(aProgramme({ checkinLimit: { volume: 2, period: 'MONTH' } })),
    }
    const of = (programme?: string) => entryOf(eventFromUitdatabank({ ...event, uitpas: { programme } }, context)).event
    const defaults = ({ cardSystems, checkinPoints, checkinLimit }: ReturnType<typeof of>) => [
      cardSystems,
      checkinPoints,
      checkinLimit,
    ]
    expect(defaults(of('beleefpas'))).toEqual([[9001], 2, { volume: 2, period: 'MONTH' }])
    expect(defaults(of('uitpas'))).toEqual([[5], 1, { volume: 1, period: 'WEEK' }])
    const cardSystems = [{ id: 9001, enabled: true }]
    expect(pointersOf(eventFromUitdatabank({ ...event, uitpas: { cardSystems } }, context))).toEqual(['/uitpas/cardSystems/0/id'])
    expect(pointersOf(eventFromUitdatabank({ ...event, uitpas: { programme: 'x' } }, context))).toEqual(['/uitpas/programme'])
  })

  test('a reward is of a programme that has rewards, and of its card systems', () => {
    const reward = { id: 'r', title: 'Drankje', type: 'POINTS', points: 5, programme: 'beleefpas' }
    expect(parseReward({ ...reward, applicableCardSystems: [{ id: 9001 }] }, DECLARED).ok).toBe(true)
    expect(pointersOf(parseReward({ ...reward, applicableCardSystems: [{ id: 5 }] }, DECLARED))).toEqual([
      '/applicableCardSystems/0/id',
    ])
    expect(pointersOf(parseReward({ ...reward, owningCardSystem: { id: 5 } }, DECLARED))).toEqual(['/owningCardSystem/id'])
    const { programme: _programme, ...unnamed } = reward
    expect(entryOf(parseReward({ ...unnamed, owningCardSystem: { id: 9001 } }, DECLARED)).reward.programme).toBe('beleefpas')
    expect(entryOf(parseReward(unnamed, DECLARED)).reward.programme).toBe('uitpas')
    const without = { ...CONTEXT, programmes: programmesOf(aProgramme({ hasRewards: false })) }
    expect(pointersOf(parseReward(reward, without))).toEqual(['/programme'])
    expect(pointersOf(parseReward(reward, CONTEXT))).toEqual(['/programme'])
  })

  test('a bonus is of a programme that has points, and needs a label unless it says whose points these were', () => {
    const bonus = { id: 'beleefpas.p', passholderId: 'p', points: 4, programme: 'beleefpas' }
    expect(entryOf(parseBonus({ ...bonus, from: { passholderId: 'p' } }, DECLARED)).label).toBe('Overgedragen punten')
    expect(pointersOf(parseBonus(bonus, DECLARED))).toEqual(['/'])
    expect(pointersOf(parseBonus({ ...bonus, label: 'x' }, CONTEXT))).toEqual(['/programme'])
    const without = { ...CONTEXT, programmes: programmesOf(aProgramme({ hasPoints: false })) }
    expect(pointersOf(parseBonus({ ...bonus, label: 'x' }, without))).toEqual(['/programme'])
  })
})
