import { parseDay } from '@zuil/core'
import { readTable } from '../facts/table.ts'

export interface DaySpan {
  readonly from: number
  readonly until: number
}

/** Public holidays and Flemish school holidays by day. */
export class Holidays {
  readonly #public = new Set<number>()
  readonly #school = new Set<number>()
  readonly publicDays: readonly number[]

  constructor() {
    for (const { from = '', until = '', kind } of readTable('holidays')) {
      const [first = 0, last = 0] = [parseDay(from), parseDay(until)]
      const days = kind === 'school_vl' ? this.#school : kind === 'public_be' ? this.#public : undefined
      for (let day = first; days && day <= last; day++) days.add(day)
    }
    this.publicDays = [...this.#public].sort((a, b) => a - b)
  }

  isPublic(day: number): boolean {
    return this.#public.has(day)
  }

  isSchoolFree(day: number): boolean {
    return this.#school.has(day) || this.#public.has(day)
  }
}
