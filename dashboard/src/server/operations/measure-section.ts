import { brusselsDay, type ReportingPeriod } from '@zuil/core'
import {
  DIMENSIONS,
  type DimensionId,
  type FigureRow,
  type Measure,
  type MeasureId,
  type MeasureQuestion,
  QUERY_DIMENSIONS,
} from '@zuil/warehouse'
import type { OperationsSection } from '../../lib/operations-view.ts'
import type { TableView } from '../../lib/table-view.ts'
import { capital, type FigureWriting } from '../figures/figure-writing.ts'

/** What who runs the platform asks of the last weeks, in the order of the page. */
export const ASKED_MEASURES = [
  { id: 'D12', dimensions: [], eachRegion: false },
  { id: 'B9', dimensions: [], eachRegion: true },
  { id: 'D6', dimensions: [], eachRegion: true },
  { id: 'D9', dimensions: ['client'], eachRegion: false },
  { id: 'D11', dimensions: [], eachRegion: false },
  { id: 'D14', dimensions: ['weekday', 'hour'], eachRegion: false },
] as const satisfies readonly {
  readonly id: MeasureId
  readonly dimensions: MeasureQuestion['dimensions']
  readonly eachRegion: boolean
}[]

const WEEKS_DAYS = 28
/** Rows of one table: beyond that nobody reads on. */
const ROWS_MAX = 50

export interface MeasureAnswer {
  readonly measure: Measure
  readonly dimensions: MeasureQuestion['dimensions']
  readonly rows: readonly FigureRow[]
  /** Of members that the registry names. */
  readonly names?: ReadonlyMap<string, string>
}

/** The last four whole weeks as a period; it is none of those that are published. */
export function lastWeeks(now: number): ReportingPeriod {
  const today = brusselsDay(now)
  return { kind: 'MONTH', key: '', firstDay: today - WEEKS_DAYS, lastDay: today - 1 }
}

/** A measure of the last weeks: what it says, what it means, and its table. */
export function measureSection(answer: MeasureAnswer, writing: FigureWriting): OperationsSection {
  const { measure, rows } = answer
  const { language, words } = writing
  const name = measure.names[language]
  const table = tableOf(answer, writing)
  const shown = rows.filter(({ status }) => status === 'ok')
  return {
    id: measure.id,
    title: shown.length === 0 ? `${name}: ${words.status.na}` : titleOf({ ...answer, rows: shown }, writing),
    note: `${measure.definition[language]} ${measure.coverage[language]}`,
    table: shown.length === 0 ? { ...table, rows: [] } : table,
  }
}

function titleOf(answer: MeasureAnswer, writing: FigureWriting): string {
  const { measure, dimensions, rows } = answer
  const { language, format, words } = writing
  const name = measure.names[language]
  if (dimensions.length === 0) {
    const total = rows.filter(({ place }) => place === 'all')
    return `${name}: ${format.list(total.map((row) => `${nameOf(measure, row.figure, writing)} ${textOf(measure, row, writing)}`))}`
  }
  const most = rows.filter(({ figure }) => figure === measure.figures[0]?.id).toSorted((a, b) => b.value - a.value)[0]
  const label = dimensions
    .map((dimension, index) => memberName(answer, dimension, most?.members[index] ?? '', writing))
    .join(', ')
  return words.findings.most({ subject: name, first: { label, value: textOf(measure, most, writing) } })
}

/** Places or members below each other, figures side by side; of two dimensions the first figure, the first dimension along the top. */
function tableOf(answer: MeasureAnswer, writing: FigureWriting): TableView {
  const { measure, dimensions } = answer
  const { language, words } = writing
  const caption = `${measure.id} ${measure.names[language]}`
  const [first, second] = dimensions
  if (first !== undefined && second !== undefined) return crossed(answer, [first, second], writing)
  const figures = measure.figures.filter(({ id }) => answer.rows.some((row) => row.figure === id))
  const keyOf = ({ members, place }: FigureRow) => (first === undefined ? place : (members[0] ?? ''))
  const at = (key: string, figure: string) => answer.rows.find((row) => keyOf(row) === key && row.figure === figure)
  const size = (key: string) => at(key, figures[0]?.id ?? '')?.value ?? 0
  const keys = [...new Set(answer.rows.map(keyOf))].toSorted((a, b) => size(b) - size(a)).slice(0, ROWS_MAX)
  return {
    caption,
    columns: [
      { label: first === undefined ? words.axes.place : axisName(first, writing), numeric: false },
      ...figures.map(({ id }) => ({ label: capital(nameOf(measure, id, writing)), numeric: true })),
    ],
    rows: keys.map((key) => ({
      key,
      cells: [
        first === undefined ? capital(writing.place(key)) : memberName(answer, first, key, writing),
        ...figures.map(({ id }) => textOf(measure, at(key, id), writing)),
      ],
    })),
  }
}

function crossed(answer: MeasureAnswer, [across, down]: readonly [Crossed, Crossed], writing: FigureWriting): TableView {
  const { measure, rows } = answer
  const figure = measure.figures[0]?.id ?? ''
  // Hours and days of which nothing is known are no rows.
  const own = rows.filter((row) => row.figure === figure && row.status === 'ok')
  const membersAlong = (index: number) =>
    [...new Set(own.map(({ members }) => members[index] ?? ''))].sort((a, b) => Number(a) - Number(b))
  const columns = membersAlong(0)
  return {
    caption: `${measure.id} ${measure.names[writing.language]}: ${nameOf(measure, figure, writing)}`,
    columns: [
      { label: axisName(down, writing), numeric: false },
      ...columns.map((member) => ({ label: capital(memberName(answer, across, member, writing)), numeric: true })),
    ],
    rows: membersAlong(1).map((member) => ({
      key: member,
      cells: [
        memberName(answer, down, member, writing),
        ...columns.map((column) => {
          const row = own.find(({ members }) => members[0] === column && members[1] === member)
          return textOf(measure, row, writing)
        }),
      ],
    })),
  }
}

type Crossed = MeasureQuestion['dimensions'][number]

function nameOf({ figures }: Measure, figure: string, { language }: FigureWriting): string {
  return figures.find(({ id }) => id === figure)?.names[language] ?? figure
}

function textOf({ figures, unit }: Measure, row: FigureRow | undefined, writing: FigureWriting): string {
  if (row?.status !== 'ok') return '–'
  const known = figures.find(({ id }) => id === row.figure)?.unit ?? unit
  return writing.value(row.value, known, Number.isInteger(row.value) ? 0 : row.decimals)
}

function axisName(dimension: Crossed, writing: FigureWriting): string {
  return isFigureAxis(dimension) ? writing.axis(dimension) : capital(QUERY_DIMENSIONS[dimension][writing.language])
}

function memberName({ measure, names }: MeasureAnswer, dimension: Crossed, member: string, writing: FigureWriting): string {
  return isFigureAxis(dimension) ? writing.category(dimension, member, { measure }).spoken : (names?.get(member) ?? member)
}

function isFigureAxis(dimension: Crossed): dimension is DimensionId {
  return dimension in DIMENSIONS
}
