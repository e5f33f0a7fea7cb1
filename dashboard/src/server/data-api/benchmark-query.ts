import { type Problem, parseReportingPeriod, problem } from '@zuil/core'
import { measureOf, parsePlace } from '@zuil/warehouse'
import { outsideScope, quoted, type Readable, releaseOf } from './cells-query.ts'
import type { FiguresQuestion } from './figures-query.ts'

/** The benchmark is a measure with a door of its own: what it says of others is only ever quartiles. */
const BENCHMARK = measureOf('benchmark')

/** As `cellsQuestion`: nothing is looked up before the scope has said yes. */
export function benchmarkQuestion(
  { organizer, period: key, release: number }: { readonly organizer: string; readonly period: string; readonly release?: number },
  { scope, releases }: Readable,
): FiguresQuestion | Problem {
  const place = `organizer:${organizer}`
  if (!parsePlace(place)) return problem('invalid-query', { detail: `${quoted(organizer)} is no organizer` })
  if (!scope.mayRead(place)) return outsideScope(scope)
  const seasons = releases.filter(({ periodKind }) => periodKind === 'SEASON')
  const release = releaseOf({ period: key, ...(number !== undefined && { release: number }) }, { releases: seasons })
  if ('type' in release) return release
  const period = parseReportingPeriod(key)
  if (!period || !BENCHMARK) throw new Error(`The catalogue has no benchmark for ${key}`)
  return { measure: BENCHMARK, dimensions: [], places: [place], period, release }
}
