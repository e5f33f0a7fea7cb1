import type { Verdict, VerdictFigures } from './verdict.ts'

/** One figure of two runs. */
export interface Difference {
  readonly figure: string
  readonly before: number
  readonly now: number
  /** Change as a percentage of before. */
  readonly percent: number
  /** So much worse that it is said aloud. */
  readonly isWorse: boolean
}

/** What a run on the same machine moves by chance; measured on a quiet one. */
const NOISE_PERCENT = 20
/** Changes below this are noise whatever their share, in the unit of the figure. */
const SMALL: Readonly<Record<keyof VerdictFigures, number>> = {
  accepted: 0,
  peakPerSecond: 0,
  p50: 2,
  p99: 10,
  lagMaxMs: 500,
  redisMegabytesMax: 10,
  drainSeconds: 1,
}
/** More of these is better; of the others less is. */
const MORE_IS_BETTER: readonly string[] = ['accepted', 'peakPerSecond']

/** @throws {RangeError} when the two were asked different things */
export function compareRuns(before: Verdict, now: Verdict): readonly Difference[] {
  const [asked, askedBefore] = [now, before].map(
    ({ name, wanted }) => `${name} at ${wanted.rate}/s for ${wanted.seconds} s, ${wanted.holders} holders`,
  )
  if (asked !== askedBefore)
    throw new RangeError(`Two runs are compared that were asked the same; this is ${asked}, the earlier one ${askedBefore}`)
  // The figures of a verdict are what its type says.
  return (Object.keys(now.figures) as (keyof VerdictFigures)[]).map((figure) => {
    const [old, value] = [before.figures[figure], now.figures[figure]]
    const percent = old === 0 ? (value === 0 ? 0 : 100) : ((value - old) / old) * 100
    const worsePercent = MORE_IS_BETTER.includes(figure) ? -percent : percent
    const isWorse = worsePercent > NOISE_PERCENT && Math.abs(value - old) > SMALL[figure]
    return { figure, before: old, now: value, percent, isWorse }
  })
}
