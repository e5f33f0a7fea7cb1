import { reportingPeriodOf } from '@zuil/core'
import type { Books } from './books.ts'
import type { TruthCell } from './cell.ts'
import { checkedIn, type Residents } from './residents.ts'

/** Quarters before and after the one in which a municipality joined. */
const QUARTERS_AROUND = 4

/** B5: participations of residents and passes around the quarter in which a municipality joined; others joined before the history. */
export class Joining {
  readonly #books: Books
  /** For each quarter that is over, by municipality. */
  readonly #quarters: { readonly period: string; readonly participations: Uint32Array; readonly holders: Uint32Array }[] = []

  constructor(books: Books) {
    this.#books = books
  }

  close({ period, all, place, isValid }: Residents): void {
    if (period.kind !== 'QUARTER') return
    const { participations: rows, places } = this.#books
    const participations = new Uint32Array(places.municipalities.length)
    const holders = new Uint32Array(places.municipalities.length)
    const homes = rows.column('home')
    for (const row of checkedIn(rows, period.firstDay, period.lastDay)) add(participations, homes[row])
    for (const holder of all) if (isValid[holder] === 1) add(holders, place[holder])
    this.#quarters.push({ period: period.key, participations, holders })
  }

  cells(): TruthCell[] {
    const { world, until } = this.#books
    const { geography, options } = world
    return geography.places.flatMap(({ since }, index) =>
      since <= options.from || since >= until ? [] : this.#around(index, since),
    )
  }

  #around(municipality: number, since: number): TruthCell[] {
    const joined = reportingPeriodOf('QUARTER', since).key
    const at = this.#quarters.findIndex(({ period }) => period === joined)
    if (at < 0) return []
    const place = { kind: 'MUNICIPALITY', id: this.#books.places.idOf('MUNICIPALITY', municipality) } as const
    const cells: TruthCell[] = []
    for (let offset = -QUARTERS_AROUND; offset <= QUARTERS_AROUND; offset++) {
      const quarter = this.#quarters[at + offset]
      if (!quarter) continue
      const base = { measure: 'B5', periodKind: 'QUARTER', period: quarter.period, place } as const
      const dimensions = { 'quarters-after-joining': String(offset) }
      const values = { participations: quarter.participations[municipality], people: quarter.holders[municipality] }
      for (const [column, value = 0] of Object.entries(values)) if (value > 0) cells.push({ ...base, column, dimensions, value })
    }
    return cells
  }
}

/** Not for somewhere outside of the list. */
function add(counts: Uint32Array, index = counts.length): void {
  if (index < counts.length) counts[index] = (counts[index] ?? 0) + 1
}
