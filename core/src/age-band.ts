/** Age bands of the figures: age on 31 December of the year, so that nobody changes band within a year. */
export const AGE_BANDS = [
  { band: '0-5', from: 0 },
  { band: '6-11', from: 6 },
  { band: '12-17', from: 12 },
  { band: '18-25', from: 18 },
  { band: '26-39', from: 26 },
  { band: '40-54', from: 40 },
  { band: '55-64', from: 55 },
  { band: '65+', from: 65 },
] as const
export type AgeBand = (typeof AGE_BANDS)[number]['band']

/** Empty when the year of birth is unknown (0) or lies after `year`. */
export function ageBand(birthYear: number, year: number): AgeBand | '' {
  const age = year - birthYear
  if (birthYear === 0 || age < 0) return ''
  return AGE_BANDS.findLast(({ from }) => age >= from)?.band ?? ''
}
