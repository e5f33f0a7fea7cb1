import { NO_EXCHANGE, type Transaction } from '@zuil/core'
import { projectionOfDistributionKey, projectionOfMunicipality } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { organizerSales } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { freshEmbedded } from '../fresh-warehouse.ts'
import { idOf, MORNING, transactionLine } from '../transaction-lines.ts'

const GENT = 44021
const MERELBEKE_MELLE = 44088
/** Became a part of Merelbeke-Melle. */
const MELLE = 44040

const DAYS = { firstDay: '2026-11-01', lastDay: '2026-11-21' }
const SALE: Partial<Transaction> = {
  kind: 'TICKET_SALE',
  channel: 'COUNTER',
  client: 'counter',
  device: '',
  organizer: 'ORG-A',
  event: 'event-1',
  eventNumber: 1,
  exchange: {
    ...NO_EXCHANGE,
    tariff: 'SOCIALTARIFF',
    label: 'Basistarief',
    regularPrice: 1_200,
    price: 240,
    organizerShare: 480,
    localGovernmentShare: 400,
    flemishGovernmentShare: 80,
    distributionKey: 5,
  },
}

test('sales of an organizer are those that settlements count: not voided, of its own events, with homes of today', async () => {
  await using place = await freshEmbedded()
  const { warehouse } = place
  const origin = '"recorded_at":"2026-11-21 09:00:00.000","sequence":0,"lane":0,"range":1'
  await warehouse.insert('holders', [
    `{${origin},"holder":2,"pass_type":"GROUP","home_nis":0,"home_postal_code":"","birth_year":0,"membership_card_systems":[],"membership_statuses":[],"social_tariffs":[],"social_tariff_ends":[]}`,
  ])
  const key = {
    id: 5,
    name: 'Kansentarief 20/40/40',
    cardSystem: 1,
    kind: 'AUTOMATIC',
    organizers: [],
    prices: [],
    splits: [],
  } as const
  const town = { postalCodes: [], latitude: 51, longitude: 4, inhabitants: 1, inhabitantsYear: 2025 }
  const at = (sequence: number) => ({ lane: 0, ms: MORNING, sequence })
  const merged = projectionOfMunicipality({ ...town, nis: MERELBEKE_MELLE, name: 'Merelbeke-Melle', mergedFrom: [MELLE] })
  await warehouse.insert('municipalities', [projectionRow(at(1), merged, { range: 1 }).line])
  await warehouse.insert('distribution_keys', [projectionRow(at(2), projectionOfDistributionKey(key), { range: 1 }).line])
  const lines: readonly (readonly [sequence: number, transaction: Partial<Transaction>])[] = [
    [1, { homeNis: MELLE, venueNis: MELLE }],
    [2, { homeNis: GENT, eventCardSystems: [2] }],
    [3, { organizer: 'org-b' }],
    [4, { occurredOn: '2026-10-31' }],
    [5, { kind: 'CHECKIN' }],
    [6, { flags: ['LATE'] }],
    [7, {}],
  ]
  await warehouse.insert(
    'transactions',
    lines.map(([sequence, transaction]) => transactionLine({ sequence, transaction: { ...SALE, ...transaction } })),
  )
  await warehouse.insert('transactions', [transactionLine({ sequence: 7, range: 2, voided: true, transaction: SALE })])
  const question = { organizer: 'org-a', cardSystems: [], days: DAYS, salesMax: 2 }
  const ofGent = {
    id: idOf({ sequence: 2 }),
    soldAt: MORNING,
    event: 'event-1',
    title: '',
    venue: GENT,
    payer: GENT,
    isGroupPass: true,
    client: 'counter',
    tariff: 'SOCIALTARIFF',
    key: 'Kansentarief 20/40/40',
    label: 'Basistarief',
    regularPrice: 1_200,
    participant: 240,
    organizerShare: 480,
    localGovernment: 400,
    flemishGovernment: 80,
  }
  const ofMelle = { id: idOf({ sequence: 1 }), venue: MERELBEKE_MELLE, payer: MERELBEKE_MELLE, isGroupPass: false }
  expect(await organizerSales(warehouse, question)).toEqual([ofGent, { ...ofGent, ...ofMelle }])
  expect(await organizerSales(warehouse, { ...question, cardSystems: [2, 3] })).toEqual([ofGent])
  expect(await organizerSales(warehouse, { ...question, salesMax: 1 })).toBeUndefined()
})
