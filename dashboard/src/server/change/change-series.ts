import type { ReportingPeriod } from '@zuil/core'
import { samePeriodLastYear } from '@zuil/core'
import { DIMENSIONS } from '@zuil/warehouse'
import type { FigureWriting } from '../figures/figure-writing.ts'
import { capital } from '../figures/figure-writing.ts'
import type { Counted } from './change-difference.ts'
import { type ChangeCells, countedAt } from './change-reading.ts'
import { changeWords } from './change-words.ts'

/** When a row of a series was, seen from the change. */
export type ChangeMoment = 'before' | 'during' | 'after'

/** What stands in one column: a place over its periods, or one period over kinds or groups. */
export interface ChangeSeries {
  readonly key: string
  readonly label: string
  readonly rows: readonly {
    readonly key: string
    readonly label: string
    readonly spoken: string
    readonly moment?: ChangeMoment
    readonly counted: Counted | undefined
  }[]
}

/** Columns of a figure of a change, the first two of which are drawn. */
export function seriesOf(cells: ChangeCells, writing: FigureWriting, besideName: string): readonly ChangeSeries[] {
  const { window, place, beside, described } = cells
  if (described.by) return [...window.before, ...window.after].map((period) => overMembers(cells, period, writing))
  const words = changeWords(writing.language)
  const own = { key: 'own', label: capital(writing.place(place)) }
  const other = { key: 'beside', label: capital(besideName) }
  const over = (named: typeof own, at: string, shift?: typeof samePeriodLastYear) =>
    overPeriods(cells, named, { place: at, writing, shift })
  if (described.around !== 'months') return [over(own, place), ...(beside === undefined ? [] : [over(other, beside)])]
  const earlier = { key: 'own-earlier', label: words.series.before }
  const besideEarlier = { key: 'beside-earlier', label: words.series.yearEarlier(other.label) }
  return [
    over(own, place),
    over(earlier, place, samePeriodLastYear),
    ...(beside === undefined ? [] : [over(other, beside), over(besideEarlier, beside, samePeriodLastYear)]),
  ]
}

function overPeriods(
  cells: ChangeCells,
  { key, label }: { readonly key: string; readonly label: string },
  {
    place,
    writing,
    shift,
  }: { readonly place: string; readonly writing: FigureWriting; readonly shift: typeof samePeriodLastYear | undefined },
): ChangeSeries {
  const { window } = cells
  return {
    key,
    label,
    rows: window.shown.map((period) => ({
      key: period.key,
      label: capital(writing.period(period.key)),
      spoken: writing.period(period.key),
      moment: momentOf(period, cells),
      counted: countedAt(cells, place, shift ? shift(period) : period),
    })),
  }
}

function overMembers(cells: ChangeCells, period: ReportingPeriod, writing: FigureWriting): ChangeSeries {
  const { described, measure, place } = cells
  const { by } = described
  const all = by ? DIMENSIONS[by].members : []
  // in the order of the dimension
  const members = all === 'FROM_DATA' ? cells.members : all.filter((member) => cells.members.includes(member))
  return {
    key: period.key,
    label: capital(writing.period(period.key)),
    rows: members.map((member) => {
      const { label, spoken } = writing.category(by ?? 'series', member, { measure })
      return { key: member, label, spoken, counted: countedAt(cells, place, period, member) }
    }),
  }
}

function momentOf({ key }: ReportingPeriod, { window }: ChangeCells): ChangeMoment {
  if (window.during?.key === key) return 'during'
  return window.before.some((one) => one.key === key) ? 'before' : 'after'
}
