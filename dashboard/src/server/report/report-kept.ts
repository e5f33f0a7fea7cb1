import { parseDay } from '@zuil/core'
import type { ReportTable } from '../../lib/report/report-view.ts'
import type { TableCell } from '../../lib/table-view.ts'
import type { ReportMessages } from '../../messages/report/report-messages.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { capital } from '../figures/figure-writing.ts'
import type { KeyNumber } from '../figures/key-number.ts'
import { targetStanding } from '../figures/target-standing.ts'
import type { Annotation } from '../notebook/annotation.ts'

/** Rows of the annotations in a report: five a year of each of forty municipalities. */
export const REPORT_ANNOTATIONS_MAX = 200

/** What a chapter of kept things says and lists. */
export interface KeptChapter {
  readonly sentences: readonly string[]
  readonly tables: readonly ReportTable[]
}

export interface Keeping {
  readonly setting: FigureSetting
  readonly words: ReportMessages
}

/** What a region agreed to reach, beside its published key numbers; a number without a target is only a key number. */
export function agreementsChapter(numbers: readonly KeyNumber[], { setting, words }: Keeping): KeptChapter {
  const { targets, writing } = setting
  const { none, intro, caption, columns } = words.agreements
  const rows = numbers.flatMap(({ view, estimate, unit, comparison, isShown }) => {
    const target = targets.find(({ number }) => number === view.id)
    if (!target) return []
    const value: TableCell = isShown ? view.value : { withheld: view.value }
    const standing = isShown ? targetStanding(estimate, { target: target.value, unit }, writing) : '–'
    const agreed = writing.value(target.value, unit, 1)
    return [{ key: view.id, cells: [view.label, value, comparison || '–', agreed, String(target.year), standing] }]
  })
  if (rows.length === 0) return { sentences: [none], tables: [] }
  const heads = [columns.number, columns.value, columns.beside, columns.target, columns.year, columns.standing]
  return { sentences: [intro], tables: [{ id: 'agreements', caption, columns: textColumns(heads), rows }] }
}

/** What people noted that touches the period of the report, oldest first. */
export function annotationsChapter(kept: readonly Annotation[], { setting, words }: Keeping): KeptChapter {
  const { period, writing } = setting
  const { none, intro, caption, columns, days, left } = words.annotations
  const touching = kept.filter(
    ({ firstDay, lastDay }) => (parseDay(lastDay) ?? 0) >= period.firstDay && (parseDay(firstDay) ?? 0) <= period.lastDay,
  )
  if (touching.length === 0) return { sentences: [none], tables: [] }
  const shown = touching.slice(-REPORT_ANNOTATIONS_MAX)
  const date = (day: string) => writing.format.date(Date.parse(`${day}T12:00:00Z`))
  const rows = shown.map(({ id, place, kind, firstDay, lastDay, text }) => {
    const when = firstDay === lastDay ? date(firstDay) : days({ first: date(firstDay), last: date(lastDay) })
    const cells = [when, capital(writing.place(place)), capital(writing.words.annotations.kinds[kind]), text || '–']
    return { key: id, cells }
  })
  const cut = shown.length < touching.length ? [left({ shown: shown.length, of: touching.length })] : []
  const heads = [columns.when, columns.place, columns.kind, columns.text]
  return { sentences: [intro, ...cut], tables: [{ id: 'annotations', caption, columns: textColumns(heads), rows }] }
}

export function textColumns(labels: readonly string[]): ReportTable['columns'] {
  return labels.map((label) => ({ label, numeric: false }))
}
