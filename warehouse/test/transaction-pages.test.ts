import { NO_EXCHANGE, type Transaction } from '@zuil/core'
import { type PageRange, type Places, type TransactionFilter, transactionPage, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshEmbedded } from './fresh-warehouse.ts'
import { transactionLine } from './transaction-lines.ts'

let place: FreshWarehouse
let warehouse: Warehouse

const SALE = {
  kind: 'TICKET_SALE',
  exchange: { ...NO_EXCHANGE, tariff: 'SOCIALTARIFF', regularPrice: 1200, price: 240 },
} as const
const REDEMPTION = { kind: 'REDEMPTION', points: -4, exchange: { ...NO_EXCHANGE, reward: '5687', rewardNumber: 1 } } as const

/** Holder 7 lived in Ghent and then in Antwerp; holder 8 in Ghent. Sequences are the order of registration. */
const HISTORY: readonly (Partial<Transaction> & { readonly sequence: number })[] = [
  { sequence: 1, holder: 7, event: 'event-1', eventNumber: 1, organizer: 'ORG-A' },
  { sequence: 2, holder: 7, event: 'event-2', eventNumber: 2, organizer: 'org-b', location: 'place-1', homeNis: 11002 },
  { sequence: 3, holder: 8, event: 'event-1', eventNumber: 1, organizer: 'ORG-A' },
  { sequence: 4, holder: 7, event: 'event-1', eventNumber: 1, organizer: 'ORG-A', ...SALE },
  { sequence: 5, holder: 8, event: 'event-1', eventNumber: 1, organizer: 'ORG-A', ...SALE },
  { sequence: 6, holder: 7, event: '', eventNumber: 0, organizer: 'org-b', homeNis: 11002, ...REDEMPTION },
  { sequence: 7, holder: 7, event: 'event-1', eventNumber: 1, organizer: 'ORG-A', occurredOn: '2026-09-21' },
]

beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
  const origin = '"recorded_at":"2026-11-21 09:00:00.000","sequence":0,"lane":0,"range":1'
  const holder = (number: number, nis: number) =>
    `{${origin},"holder":${number},"pass_type":"INDIVIDUAL","home_nis":${nis},"home_postal_code":"9000","birth_year":1984,"membership_card_systems":[],"membership_statuses":[],"social_tariffs":[],"social_tariff_ends":[]}`
  const event = (number: number, title: string) =>
    `{${origin},"event":"event-${number}","event_number":${number},"title":"${title}","organizer":"","location":"","location_name":"","venue_nis":0,"event_type":"","event_theme":"","calendar":"{}","workflow_status":"APPROVED","available":1,"card_systems":[1],"programme":"uitpas","checkin_points":1,"checkin_limit_volume":0,"checkin_limit_period":"","ticket_limit_volume":0,"ticket_limit_period":""}`
  const reward = `{${origin},"reward":"5687","title":"Gratis Koffie","reward_type":"POINTS","points":4,"status":"ACTIVE","units_max":0,"card_systems":[],"organizers":[],"details":"{}"}`
  await warehouse.insert('holders', [
    holder(7, 44021),
    holder(7, 11002).replace('"sequence":0', '"sequence":1'),
    holder(8, 44021),
  ])
  await warehouse.insert('events', [event(1, 'Lenteconcert'), event(2, 'Café Élan')])
  await warehouse.insert('rewards', [reward])
  const lines = HISTORY.map(({ sequence, ...transaction }) => transactionLine({ sequence, transaction }))
  await warehouse.insert('transactions', lines)
  // Sequence 1 is void, in a later part.
  const [first] = HISTORY
  await warehouse.insert('transactions', [transactionLine({ sequence: 1, range: 2, voided: true, transaction: { ...first } })])
})

afterAll(async () => await place?.[Symbol.asyncDispose]())

/** Sequences of what a page has, found again by the only member that differs. */
async function found(filter: TransactionFilter, range: Partial<PageRange> = {}) {
  const page = await transactionPage(warehouse, filter, { order: 'desc', start: 0, limit: 20, ...range })
  const ids = new Map(HISTORY.map(({ sequence }) => [idOfSequence(sequence), sequence]))
  return { total: page.totalItems, sequences: page.transactions.map(({ id }) => ids.get(id)) }
}

function idOfSequence(sequence: number): string {
  return JSON.parse(transactionLine({ sequence })).id
}

const ALL = ['CHECKIN', 'TICKET_SALE', 'REDEMPTION'] as const

describe('A page of transactions', () => {
  it('has what a holder did, newest first, wherever the holder lived, without what is void', async () => {
    expect(await found({ holder: 7, kinds: ALL })).toEqual({ total: 4, sequences: [7, 6, 4, 2] })
  })

  it('turns round, and is cut where it is told', async () => {
    expect(await found({ holder: 7, kinds: ALL }, { order: 'asc', start: 1, limit: 2 })).toEqual({ total: 4, sequences: [4, 6] })
  })

  it('beyond the end is empty, and of length 0 only counts', async () => {
    expect(await found({ holder: 7, kinds: ALL }, { start: 4 })).toEqual({ total: 4, sequences: [] })
    expect(await found({ holder: 7, kinds: ALL }, { limit: 0 })).toEqual({ total: 4, sequences: [] })
    expect(await found({ holder: 99, kinds: ALL })).toEqual({ total: 0, sequences: [] })
  })

  it('of an event has everybody', async () => {
    expect(await found({ eventNumber: 1, kinds: ['TICKET_SALE'] })).toEqual({ total: 2, sequences: [5, 4] })
    expect(await found({ eventNumber: 1, kinds: ['CHECKIN'] })).toEqual({ total: 2, sequences: [7, 3] })
  })

  it('keeps to organizers, card systems of an organizer, or places, whichever fits', async () => {
    const places: Places = { organizers: [], organizersInCardSystems: [], locations: [] }
    const of = (narrow: Partial<Places>) => found({ holder: 7, kinds: ALL, places: { ...places, ...narrow } })
    expect(await of({ organizers: ['org-a'] })).toEqual({ total: 2, sequences: [7, 4] })
    expect(await of({ locations: ['place-1'] })).toEqual({ total: 1, sequences: [2] })
    expect(
      await found({
        holder: 7,
        kinds: ALL,
        places: { ...places, organizersInCardSystems: [{ organizer: 'org-b', cardSystem: 1 }] },
      }),
    ).toEqual({ total: 2, sequences: [6, 2] })
    expect(
      await found({
        holder: 7,
        kinds: ALL,
        places: { ...places, organizersInCardSystems: [{ organizer: 'org-b', cardSystem: 2 }] },
      }),
    ).toEqual({ total: 0, sequences: [] })
    expect(await of({})).toEqual({ total: 0, sequences: [] })
  })

  it('finds parts of titles in upper and lower case, accents included, and percent signs as they are', async () => {
    expect((await found({ holder: 7, kinds: ALL, eventTitle: 'CAFÉ é' })).sequences).toEqual([2])
    expect((await found({ holder: 7, kinds: ALL, eventTitle: 'concert' })).sequences).toEqual([7, 4])
    expect((await found({ holder: 7, kinds: ALL, eventTitle: '%' })).sequences).toEqual([])
    expect((await found({ holder: 7, kinds: ALL, rewardTitle: 'koffie', rewardType: 'POINTS' })).sequences).toEqual([6])
    expect((await found({ holder: 7, kinds: ALL, rewardType: 'WELCOME' })).sequences).toEqual([])
  })

  it('is refused without holder and event, and beyond its bounds', async () => {
    await expect(found({ kinds: ALL })).rejects.toThrow(RangeError)
    await expect(found({ holder: 7, kinds: ALL }, { limit: 501 })).rejects.toThrow(RangeError)
    await expect(found({ holder: 7, kinds: ALL }, { start: 100_001 })).rejects.toThrow(RangeError)
  })
})
