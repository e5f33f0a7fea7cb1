import { brusselsDay, DAY_MS, type Exchange, formatDay, NO_EXCHANGE, type SocialTariffState, type Transaction } from '@zuil/core'
import { columnNames, type RowValue, type Warehouse } from '@zuil/warehouse'
import { transactionLine } from '../transaction-lines.ts'

/** What the registry said of somebody at an instant. */
export interface Told {
  readonly holder: number
  /** ISO instant. */
  readonly at: string
  readonly home: number
  readonly postalCode?: string
  readonly birthYear?: number
  readonly status?: 'ACTIVE' | 'BLOCKED'
  readonly tariff?: SocialTariffState
  /** ISO instant; absent: without end. */
  readonly tariffEnds?: string
  readonly cardSystem?: number
  readonly passType?: 'INDIVIDUAL' | 'GROUP'
}

/** What somebody did at an instant. */
export interface Deed extends Partial<Omit<Transaction, 'exchange'>> {
  readonly holder: number
  /** ISO instant. */
  readonly at: string
  readonly isVoided?: boolean
  readonly exchange?: Partial<Exchange>
}

/** A history by hand, with the few things that matter to a test. */
export class ToldHistory {
  readonly #warehouse: Warehouse
  readonly #holders: (readonly RowValue[])[] = []
  readonly #lines: string[] = []
  #sequence = 0
  #range = 1

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
  }

  told(...rows: readonly Told[]): void {
    for (const row of rows) {
      const { holder, at, home, postalCode = '9000', birthYear = 1980, status = 'ACTIVE', tariff = 'NONE', cardSystem = 1 } = row
      const ends = row.tariffEnds === undefined ? '1970-01-01 00:00:00.000' : dateTime(row.tariffEnds)
      const origin = [dateTime(at), ++this.#sequence, 0, this.#range, holder, row.passType ?? 'INDIVIDUAL']
      this.#holders.push([...origin, home, postalCode, birthYear, [cardSystem], [status], [tariff], [ends]])
    }
  }

  did(...deeds: readonly Deed[]): void {
    for (const { at, isVoided = false, exchange, ...deed } of deeds) {
      const occurredAt = Date.parse(at)
      const transaction: Partial<Transaction> = {
        occurredAt,
        occurredOn: formatDay(brusselsDay(occurredAt)),
        ...deed,
        ...(exchange && { exchange: { ...NO_EXCHANGE, ...exchange } }),
      }
      const options = { range: this.#range, sequence: ++this.#sequence, transaction }
      this.#lines.push(transactionLine(options))
      if (isVoided) this.#lines.push(transactionLine({ ...options, voided: true }))
    }
  }

  /** Loads what was told so far, as the next range. */
  async load(): Promise<void> {
    await this.#warehouse.append('holders', this.#holders.splice(0))
    await this.#warehouse.insert('transactions', this.#lines.splice(0))
    this.#range++
  }

  async municipality(nis: number, mergedFrom: readonly number[] = []): Promise<void> {
    const row = [ORIGIN, ++this.#sequence, 0, this.#range, nis, `Gemeente ${nis}`, [], 51, 4, 20_000, 2026, mergedFrom]
    await this.#warehouse.append('municipalities', [row])
  }

  async cardSystem(id: number, cities: readonly number[]): Promise<void> {
    const texts = cities.map((nis) => String(nis))
    const row = [ORIGIN, ++this.#sequence, 0, this.#range, id, `Regio ${id}`, 1, texts, texts, cities]
    await this.#warehouse.append('card_systems', [row])
  }

  async programme(programme: string, cardSystems: readonly number[]): Promise<void> {
    const names = [programme, programme, programme]
    const row = [ORIGIN, ++this.#sequence, 0, this.#range, programme, ...names, cardSystems, 1, 0, 0, '{}']
    await this.#warehouse.append('programmes', [row])
  }

  async reward(reward: string, type: 'POINTS' | 'WELCOME'): Promise<void> {
    const cells = { recorded_at: ORIGIN, sequence: ++this.#sequence, reward, title: reward, reward_type: type, status: 'ACTIVE' }
    const lists: Record<string, RowValue> = { card_systems: [], organizers: [], details: '{}' }
    const row: Record<string, RowValue> = { ...cells, ...lists }
    await this.#warehouse.append('rewards', [columnNames('rewards').map((name) => row[name] ?? 0)])
  }
}

const ORIGIN = '2012-01-01 00:00:00.000'

function dateTime(at: string): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '')
}

/** Noon in Brussels of some days, one a day from a day on. */
export function noons(firstDay: string, count: number): readonly string[] {
  const first = Date.parse(`${firstDay}T11:00:00Z`)
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString())
}
