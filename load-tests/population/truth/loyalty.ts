import type { TruthCell } from './tally.ts'

/** 18 months: six whole quarters, so that the states follow from the quarters in which somebody took part. */
const MEMORY_QUARTERS = 6
const COHORT_QUARTERS_MAX = 8

/** New, returning, reactivated and lapsed holders (A9) and the retention of cohorts (A10), by quarter. */
export class Loyalty {
  readonly #first: number
  /** For each quarter a flag for each holder number. */
  readonly #active: readonly Uint8Array[]

  constructor({ from, until, holders }: { readonly from: number; readonly until: number; readonly holders: number }) {
    this.#first = quarterIndex(new Date(from * 86_400_000).toISOString())
    const last = quarterIndex(new Date((until - 1) * 86_400_000).toISOString())
    this.#active = Array.from({ length: last - this.#first + 1 }, () => new Uint8Array(holders + 1))
  }

  tookPart(holder: number, day: string): void {
    const quarter = this.#active[quarterIndex(day) - this.#first]
    if (quarter) quarter[holder] = 1
  }

  cells(): TruthCell[] {
    const cells: TruthCell[] = []
    for (const quarter of this.#active.keys()) cells.push(...this.#statesOf(quarter), ...this.#cohortOf(quarter))
    return cells
  }

  #statesOf(quarter: number): TruthCell[] {
    const counts = { new: 0, returning: 0, reactivated: 0, lapsed: 0 }
    const holders = this.#active[quarter]?.length ?? 0
    for (let holder = 1; holder < holders; holder++) {
      const isActive = this.#was(holder, quarter, quarter)
      if (isActive && !this.#was(holder, 0, quarter - 1)) counts.new += 1
      else if (isActive && this.#was(holder, quarter - MEMORY_QUARTERS, quarter - 1)) counts.returning += 1
      else if (isActive) counts.reactivated += 1
      const window = quarter - MEMORY_QUARTERS + 1
      if (!this.#was(holder, window, quarter) && this.#was(holder, window - MEMORY_QUARTERS, window - 1)) counts.lapsed += 1
    }
    const dimensions = { quarter: this.#nameOf(quarter) }
    return Object.entries(counts).map(([figure, value]) => ({ measure: 'A9', figure, dimensions, value }))
  }

  /** Of those who first took part in the quarter, how many did so in each of the next ones. */
  #cohortOf(cohort: number): TruthCell[] {
    const holders = this.#active[cohort]?.length ?? 0
    const last = Math.min(this.#active.length - 1, cohort + COHORT_QUARTERS_MAX)
    const counts = Array.from({ length: last - cohort + 1 }, () => 0)
    for (let holder = 1; holder < holders; holder++) {
      if (!this.#was(holder, cohort, cohort) || this.#was(holder, 0, cohort - 1)) continue
      for (let k = 0; k < counts.length; k++) if (this.#was(holder, cohort + k, cohort + k)) counts[k] = (counts[k] ?? 0) + 1
    }
    return counts.map((value, k) => ({
      measure: 'A10',
      figure: 'active-members',
      dimensions: { cohort: this.#nameOf(cohort), quartersLater: k },
      value,
    }))
  }

  #was(holder: number, from: number, to: number): boolean {
    for (let quarter = Math.max(0, from); quarter <= to; quarter++) if (this.#active[quarter]?.[holder] === 1) return true
    return false
  }

  #nameOf(quarter: number): string {
    const index = this.#first + quarter
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`
  }
}

/** Quarters since the year 0 of `yyyy-mm…`. */
function quarterIndex(day: string): number {
  return Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3)
}
