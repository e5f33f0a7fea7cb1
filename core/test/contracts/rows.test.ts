import { type IdKey, transactionId } from '@zuil/core'
import { formatDateTime, quoteText } from '@zuil/core/contracts/clickhouse-json'
import {
  projectionOfCardSystem,
  projectionOfDistributionKey,
  projectionOfEvent,
  projectionOfHolder,
  projectionOfKiosk,
  projectionOfMunicipality,
  projectionOfOrganizer,
  projectionOfProgramme,
  projectionOfReward,
  projectionOfSettlementAgreement,
} from '@zuil/core/contracts/projection'
import { DIMENSION_COLUMNS, projectionRow } from '@zuil/core/contracts/projection-row'
import { REFUSAL_COLUMNS, refusalRows } from '@zuil/core/contracts/refusal-row'
import { TRANSACTION_COLUMNS, transactionRow } from '@zuil/core/contracts/transaction-row'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aHolder, aMembership, anEvent, aProgramme, aReward, aTransaction, NOON } from '../builders.ts'

const KEY: IdKey = { words: [1, 2, 3, 4] }
const POSITION = { lane: 1, ms: NOON + 7, sequence: 3 }
const FIRST = { version: 1, voided: false, versionedAt: NOON + 7, range: 42, idKey: KEY }

describe('the row of a transaction', () => {
  test('has every column in its order, as ClickHouse writes it', () => {
    const transaction = aTransaction({ memberships: [5, 14], flags: ['LATE'], points: 0, homePostalCode: '9000' })
    expect(transactionRow(POSITION, transaction, FIRST)).toBe(
      [
        `{"id":"${transactionId(KEY, POSITION)}","version":1,"voided":0,"recorded_at":"2026-11-21 11:00:00.007"`,
        '"versioned_at":"2026-11-21 11:00:00.007","lane":1,"range":42,"kind":"CHECKIN","programme":"uitpas"',
        '"occurred_at":"2026-11-21 11:00:00.000","occurred_on":"2026-11-21","channel":"COUNTER","holder":12,"card":34',
        '"home_nis":44021,"home_postal_code":"9000","birth_year":1983,"age_band":"40-54","social_tariff":"NONE"',
        '"memberships":[5,14],"event":"5a0967f9-cc06-4c3c-9206-30481a767434","event_number":4711,"event_type":"0.50.4.0.0"',
        '"event_theme":"1.8.3.5.0","event_card_systems":[3,5],"organizer":"0ce87cbc-9299-4528-8d35-92225dc9489f"',
        '"location":"8248e289-c986-4006-902f-b0616dcbcde7","venue_nis":44021,"device":"","client":"sample-client","points":0',
        '"limit_period":"WEEK","flags":["LATE"],"request":"","reward":"","reward_number":0,"tariff":"","label":"","regular_price":0',
        '"price":0,"organizer_share":0,"local_government_share":0,"flemish_government_share":0,"distribution_key":0,"takes":[]}',
      ].join(),
    )
  })

  test('of a void is the same row with a higher version', () => {
    const first = JSON.parse(transactionRow(POSITION, aTransaction(), FIRST))
    const last = JSON.parse(
      transactionRow(POSITION, aTransaction(), { ...FIRST, version: 2, voided: true, versionedAt: NOON + 9_000, range: 43 }),
    )
    expect(last).toEqual({ ...first, version: 2, voided: 1, versioned_at: '2026-11-21 11:00:09.000', range: 43 })
  })

  test('names its columns as the list does, whatever is in it', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(texts, texts, (event, request) => {
        const row: unknown = JSON.parse(transactionRow(POSITION, aTransaction({ event, request }), FIRST))
        expect(Object.keys(row as object)).toEqual(TRANSACTION_COLUMNS.map(({ name }) => name))
        expect(row).toMatchObject({ event: event.toWellFormed(), request: request.toWellFormed() })
      }),
    )
  })
})

describe('text as ClickHouse quotes it', () => {
  test.each([
    ['plain', '"plain"'],
    ['a "quote" and a \\', String.raw`"a \"quote\" and a \\"`],
    ['a/b', '"a/b"'],
    ['\b\f\n\r\t', String.raw`"\b\f\n\r\t"`],
    ['\u0000\u001f\u007f', '"\\u0000\\u001F\u007f"'],
    ['\u2028\u2029', String.raw`"\u2028\u2029"`],
    ['é😀', '"é😀"'],
    ['half \ud83d', '"half \ufffd"'],
  ])('%j', (text, quoted) => {
    expect(quoteText(text)).toBe(quoted)
  })

  test('is JSON of the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(quoteText(text))).toBe(text.toWellFormed())
      }),
    )
  })

  test('of an instant is UTC with milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2099, 0) }), (instant) => {
        expect(formatDateTime(instant)).toBe(new Date(instant).toISOString().replace('T', ' ').replace('Z', ''))
      }),
    )
  })
})

describe('the rows of refusals', () => {
  test('are one for each count, on the Brussels day of the minute', () => {
    const minute = Date.parse('2026-11-21T23:30:00Z')
    const counts = [
      { reason: 'maximum-reached', channel: 'KIOSK', organizer: 'o', venueNis: 44021, count: 3 },
      { reason: 'card-blocked', channel: 'KIOSK', organizer: 'o', venueNis: 44021, count: 1 },
    ]
    const rows = refusalRows(POSITION, { kind: 'refusals', minute, counts }, { range: 42 }).map((line) => JSON.parse(line))
    expect(rows.map((row) => [row.item, row.reason, row.times])).toEqual([
      [0, 'maximum-reached', 3],
      [1, 'card-blocked', 1],
    ])
    expect(Object.keys(rows[0])).toEqual(REFUSAL_COLUMNS.map(({ name }) => name))
    expect(rows[0]).toMatchObject({ minute: '2026-11-21 23:30:00', occurred_on: '2026-11-22', sequence: 3, lane: 1, range: 42 })
  })
})

describe('the row of a registry change', () => {
  const kiosk = {
    id: 'k',
    name: 'CID-1',
    cardSystem: 14,
    releaseTrack: 'stable' as const,
    organizers: ['o'],
    locations: [{ id: 'l', name: 'Zaal' }],
  }
  const records = [
    projectionOfHolder(aHolder({ memberships: [aMembership({ socialTariff: 'ACTIVE', socialTariffEndsAt: NOON })] })),
    projectionOfEvent(anEvent()),
    projectionOfOrganizer({ id: 'o', name: 'Bib', nis: 44021, cardSystems: [5] }),
    projectionOfCardSystem({ id: 5, name: 'Gent', permanent: true, cities: [{ postalCode: '9000', name: 'Gent', nis: 44021 }] }),
    projectionOfProgramme(aProgramme({ ages: { to: 18 } })),
    projectionOfDistributionKey({
      id: 501,
      name: 'Kansentarief',
      cardSystem: 5,
      kind: 'AUTOMATIC',
      organizers: [],
      prices: [],
      socialTariff: 'MY_CARDSYSTEM',
      splits: [],
    }),
    projectionOfSettlementAgreement({
      cardSystem: 5,
      terms: [{ from: '2025-01-01', organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 }],
    }),
    projectionOfMunicipality({
      nis: 44021,
      name: 'Gent',
      postalCodes: ['9000'],
      latitude: 51.05,
      longitude: 3.72,
      inhabitants: 272_657,
      inhabitantsYear: 2026,
      mergedFrom: [44021],
    }),
    projectionOfKiosk(kiosk),
    projectionOfReward(aReward({ organizers: ['o'], redeemLimit: { volume: 1, period: 'WEEK' } })),
  ]

  test.each(records.map((record) => [record.entity, record] as const))(
    'of a %s has a cell for each column',
    (_entity, record) => {
      const { table, line } = projectionRow(POSITION, record, { range: 42 })
      const row: Record<string, unknown> = JSON.parse(line)
      expect(Object.keys(row)).toEqual(DIMENSION_COLUMNS[table].map(({ name }) => name))
      for (const { name, type } of DIMENSION_COLUMNS[table]) expect([name, kindOf(row[name])]).toEqual([name, kindOfType(type)])
    },
  )

  test('of a holder has memberships as parallel arrays', () => {
    const [record] = records
    if (!record) throw new Error('no record')
    expect(JSON.parse(projectionRow(POSITION, record, { range: 42 }).line)).toEqual({
      recorded_at: '2026-11-21 11:00:00.007',
      sequence: 3,
      lane: 1,
      range: 42,
      holder: 12,
      pass_type: 'INDIVIDUAL',
      home_nis: 44021,
      home_postal_code: '9000',
      birth_year: 1983,
      membership_card_systems: [5],
      membership_statuses: ['ACTIVE'],
      social_tariffs: ['ACTIVE'],
      social_tariff_ends: ['2026-11-21 11:00:00.000'],
    })
  })
})

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'any[]' : `${typeof value[0]}[]`
  return typeof value
}

/** Kind of JSON value of a ClickHouse type; arrays that are empty above are of any kind. */
function kindOfType(type: string): unknown {
  const kind = /Int|Float/.test(type) ? 'number' : 'string'
  return type.startsWith('Array') ? expect.stringMatching(new RegExp(`^(any|${kind})\\[\\]$`)) : kind
}
