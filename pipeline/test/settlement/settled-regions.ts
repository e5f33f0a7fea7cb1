import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AgreementTerms,
  type IdKey,
  NO_EXCHANGE,
  parseReportingPeriod,
  type ReportingPeriod,
  type Transaction,
} from '@zuil/core'
import {
  projectionOfCardSystem,
  projectionOfDistributionKey,
  projectionOfMunicipality,
  projectionOfOrganizer,
  projectionOfSettlementAgreement,
} from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { transactionRow } from '@zuil/core/contracts/transaction-row'
import { openWarehouse, type TableName, type Warehouse } from '@zuil/warehouse'
import { SettlementDesk } from '../../src/index.ts'

export const LANAKEN = 73042
export const MAASMECHELEN = 73107
export const DILSEN = 72041
/** Member of no region here. */
export const GENK = 71016
/** Became a part of Maasmechelen, in these tests. */
export const MERGED = 73001

/** Long after 2025; everything is loaded. */
export const NOW = Date.parse('2026-03-01T09:00:00Z')
const REGISTERED = Date.parse('2024-06-01T08:00:00Z')
const ID_KEY: IdKey = { words: [5, 6, 7, 8] }

export const BY_USE: AgreementTerms = { from: '2025-01-01', organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 }
export const HALF: AgreementTerms = { from: '2025-01-01', organizersPaidBy: 'HOST', basis: 'MIXED', useBasisPoints: 5_000 }

export interface Sale {
  readonly cardSystem: number
  readonly day: string
  readonly payer: number
  readonly organizer?: string
  /** Cents of the local government; 2.00 and 4.00 are paid by participant and organizer. */
  readonly cents?: number
  readonly key?: number
  readonly eventCardSystems?: readonly number[]
  readonly participant?: number
}

export interface SettledRegions extends AsyncDisposable {
  readonly folder: string
  readonly warehouse: Warehouse
  /** A desk as a new process has it. */
  desk(options?: { readonly now?: number; readonly freshUntil?: number; readonly clock?: () => number }): SettlementDesk
  region(cardSystem: number, terms?: readonly AgreementTerms[]): Promise<void>
  organizer(id: string, nis: number, at?: string): Promise<void>
  /** Gives the number of the sale. */
  sell(...sales: readonly Sale[]): Promise<readonly number[]>
  takeBack(sales: readonly (readonly [number: number, sale: Sale])[]): Promise<void>
  put(table: TableName, record: Parameters<typeof projectionRow>[1], ms?: number): Promise<void>
}

/** Regions of three municipalities in a warehouse of its own. */
export async function settledRegions(): Promise<SettledRegions> {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-settlement-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: join(folder, 'warehouse'), memoryBytesMax: 1_500_000_000 })
  await warehouse.migrate()
  let sequence = 0
  const put: SettledRegions['put'] = async (table, record, ms = REGISTERED) =>
    await warehouse.insert(table, [projectionRow({ lane: 0, ms, sequence: sequence++ }, record, { range: 1 }).line])
  const town = { postalCodes: [], latitude: 51, longitude: 5, inhabitantsYear: 2025 }
  const towns = [
    { nis: DILSEN, name: 'Dilsen-Stokkem', inhabitants: 20_000, mergedFrom: [] },
    { nis: LANAKEN, name: 'Lanaken', inhabitants: 26_000, mergedFrom: [] },
    { nis: MAASMECHELEN, name: 'Maasmechelen', inhabitants: 39_000, mergedFrom: [MERGED] },
    { nis: GENK, name: 'Genk', inhabitants: 67_000, mergedFrom: [] },
  ]
  for (const each of towns) await put('municipalities', projectionOfMunicipality({ ...town, ...each }))
  const organizer: SettledRegions['organizer'] = async (id, nis, at = '2024-06-01T08:00:00Z') =>
    await put('organizers', projectionOfOrganizer({ id, name: `Huis ${id}`, nis, cardSystems: [14] }), Date.parse(at))
  await organizer('Zaal', MAASMECHELEN)
  await organizer('bib', LANAKEN)
  return {
    folder,
    warehouse,
    put,
    organizer,
    desk: ({ now = NOW, freshUntil = NOW, clock = () => now } = {}) =>
      new SettlementDesk({ warehouse, folder: join(folder, 'settlements'), clock, freshUntil: () => freshUntil }),
    async region(cardSystem, terms = [HALF]) {
      const cities = [DILSEN, LANAKEN, MAASMECHELEN].map((nis) => ({ postalCode: '3600', name: String(nis), nis }))
      await put('card_systems', projectionOfCardSystem({ id: cardSystem, name: `Regio ${cardSystem}`, permanent: true, cities }))
      const key = {
        id: cardSystem * 100,
        name: 'Kansentarief',
        cardSystem,
        kind: 'AUTOMATIC',
        organizers: [],
        prices: [],
        splits: [],
      } as const
      await put('distribution_keys', projectionOfDistributionKey(key))
      if (terms.length > 0) await put('settlement_agreements', projectionOfSettlementAgreement({ cardSystem, terms }))
    },
    async sell(...sales) {
      const numbers = sales.map(() => sequence++)
      const rows = sales.map((sale, index) => rowOf(numbers[index] ?? 0, sale, false))
      if (rows.length > 0) await warehouse.insert('transactions', rows)
      return numbers
    },
    async takeBack(sales) {
      const rows = sales.map(([number, sale]) => rowOf(number, sale, true))
      if (rows.length > 0) await warehouse.insert('transactions', rows)
    },
    async [Symbol.asyncDispose]() {
      await warehouse.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`${key} is no period`)
  return period
}

function rowOf(number: number, sale: Sale, isVoid: boolean): string {
  const { cardSystem, day, payer, organizer = 'zaal', cents = 400, key = cardSystem * 100, participant = 200 } = sale
  const occurredAt = Date.parse(`${day}T11:00:00Z`)
  const position = { lane: 0, ms: occurredAt, sequence: number }
  const version = isVoid ? { version: 2, versionedAt: NOW } : { version: 1, versionedAt: occurredAt }
  const transaction: Transaction = {
    kind: 'TICKET_SALE',
    programme: 'uitpas',
    occurredAt,
    occurredOn: day,
    channel: 'COUNTER',
    holder: number,
    card: number,
    homeNis: payer,
    homePostalCode: '3630',
    birthYear: 1990,
    socialTariff: 'ACTIVE',
    memberships: [cardSystem],
    event: 'concert',
    eventNumber: 1,
    eventType: '',
    eventTheme: '',
    eventCardSystems: sale.eventCardSystems ?? [cardSystem],
    organizer,
    location: '',
    venueNis: 0,
    device: '',
    client: 'counter',
    points: 0,
    limitPeriod: '',
    flags: [],
    request: '',
    exchange: {
      ...NO_EXCHANGE,
      tariff: 'SOCIALTARIFF',
      regularPrice: participant + 400 + cents,
      price: participant,
      organizerShare: 400,
      localGovernmentShare: cents,
      distributionKey: key,
    },
  }
  return transactionRow(position, transaction, { ...version, voided: isVoid, range: 1, idKey: ID_KEY })
}
