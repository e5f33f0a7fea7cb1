/** Periods of the measures that a day (`yyyy-mm-dd`) falls in. */
export interface Periods {
  readonly year: string
  /** `2025-Q2`. */
  readonly quarter: string
  /** `2025-04`. */
  readonly month: string
  /** 1 September to 31 August: `2024/2025`. */
  readonly season: string
}

let lastDay = ''
let lastPeriods: Periods = { year: '', quarter: '', month: '', season: '' }

/** Days come in order, so nearly every one is the one before. */
export function periodsOf(day: string): Periods {
  if (day === lastDay) return lastPeriods
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const begins = month >= 9 ? year : year - 1
  lastDay = day
  lastPeriods = {
    year: String(year),
    quarter: `${year}-Q${Math.ceil(month / 3)}`,
    month: day.slice(0, 7),
    season: `${begins}/${begins + 1}`,
  }
  return lastPeriods
}
