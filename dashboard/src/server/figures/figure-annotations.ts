import { parseDay, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import type { FigureSetting, Published } from './figure-setting.ts'
import { capital } from './figure-writing.ts'

/** An annotation that touches the time of a figure. */
export interface FigureAnnotation {
  /** Stands in a drawing over time, and before the text. */
  readonly letter: string
  readonly text: string
  /** Days since 1 January 1970. */
  readonly firstDay: number
  readonly lastDay: number
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Annotations of the place that touch the periods of a figure, oldest first; with more than there are letters the last ones. */
export function annotationsOf(
  periods: readonly Published[],
  { annotations, writing }: Pick<FigureSetting, 'annotations' | 'writing'>,
): readonly FigureAnnotation[] {
  const { words, format } = writing
  const first = Math.min(...periods.map(({ period }) => period.firstDay))
  const last = Math.max(...periods.map(({ period }) => period.lastDay))
  const touching = annotations.flatMap(({ kind, firstDay, lastDay, text, place }) => {
    const days = { firstDay: parseDay(firstDay) ?? 0, lastDay: parseDay(lastDay) ?? 0 }
    if (days.lastDay < first || days.firstDay > last) return []
    const date = (day: string) => format.date(Date.parse(`${day}T12:00:00Z`))
    const facts = { kind: words.annotations.kinds[kind], first: date(firstDay), last: date(lastDay), text }
    return [{ ...days, text: `${capital(writing.place(place))}: ${words.annotations.line(facts)}` }]
  })
  return touching.slice(-LETTERS.length).map((one, index) => ({ ...one, letter: LETTERS[index] ?? '' }))
}

/** Letters that stand at a period of a drawing over time: an annotation has its letter once, where it begins or where the drawing does. */
export function lettersAt(key: string, keys: readonly string[], annotations: readonly FigureAnnotation[]): string {
  const periods = keys.flatMap((each) => parseReportingPeriod(each) ?? [])
  const isAt = (annotation: FigureAnnotation) => periods.find((period) => touches(annotation, period))?.key === key
  return annotations
    .filter(isAt)
    .map(({ letter }) => letter)
    .join(' ')
}

function touches(one: Pick<FigureAnnotation, 'firstDay' | 'lastDay'>, period: ReportingPeriod): boolean {
  return one.lastDay >= period.firstDay && one.firstDay <= period.lastDay
}
