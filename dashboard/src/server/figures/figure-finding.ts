import type { Estimate } from '@zuil/warehouse'
import type { Named } from '../../messages/figures/figure-messages.ts'
import { type Category, cellAt, drawnColumns, type FigureData, isApart, mainUnit, NO_COLUMN } from './figure-data.ts'
import type { FigureWriting } from './figure-writing.ts'
import type { FigureId } from './pages/described-pages.ts'

interface Shown {
  readonly row: Category
  readonly column: Category
  readonly estimate: Estimate
}

/** What a sentence is made of. */
interface Told {
  readonly data: FigureData
  readonly shown: readonly Shown[]
  readonly subject: string
  readonly writing: FigureWriting
}

/** Names in one sentence: with more of them at the top there is no leader. */
const LEADERS_MAX = 3

/** Column of a cohort a year after its beginning. */
const QUARTERS_OF_A_YEAR = '4'

/**
 * The title of a figure: what its published values say, and no more. Values whose bounds overlap are not told apart: the rounding
 * alone could have made the difference.
 */
export function findingOf(data: FigureData, id: FigureId, writing: FigureWriting): string {
  const subject = writing.words.subjects[id]
  const { findings } = writing.words
  const shown = shownCells(data)
  const [first] = shown
  if (!first) return findings.withheld({ subject })
  switch (data.description.finding) {
    case 'extremes':
      return extremes({ data, shown, subject, writing })
    case 'most':
      return most({ data, shown, subject, writing })
    case 'trend':
      return trend({ data, shown, subject, writing })
    case 'apart':
      return apart({ data, shown, subject, writing })
    case 'largest':
      return leading({ data, shown, subject, writing })
    case 'after':
      return after({ data, shown, subject, writing })
    case 'middle':
      return besidePeers(data, shown, writing)
  }
}

/** Cells that have a number, of the drawn columns. */
function shownCells(data: FigureData): readonly Shown[] {
  return data.rows.flatMap((row) =>
    drawnColumns(data).flatMap((column): readonly Shown[] => {
      const estimate = cellAt(data, row, column)
      return estimate?.status === 'ok' ? [{ row, column, estimate }] : []
    }),
  )
}

function extremes({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const sorted = [...shown].sort((one, other) => other.estimate.value - one.estimate.value)
  const [highest, lowest] = [sorted[0], sorted.at(-1)]
  if (!highest || !lowest || highest === lowest)
    return highest ? findings.one({ subject, only: named(data, highest, writing) }) : findings.withheld({ subject })
  if (!isApart(highest.estimate, lowest.estimate)) return findings.alike({ subject })
  return findings.extremes({ subject, highest: named(data, highest, writing), lowest: named(data, lowest, writing) })
}

/** The largest, and those that the rounding cannot tell from it. */
function most({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const leaders = leadersOf(shown)
  const [first] = leaders
  if (!first) return findings.withheld({ subject })
  if (leaders.length > LEADERS_MAX) return findings.alike({ subject })
  const labels = leaders.map((one) => named(data, one, writing).label)
  return findings.most({ subject, first: { ...named(data, first, writing), label: writing.format.list(labels) } })
}

/** From the first to the last period, of the first column. */
function trend({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const [column] = drawnColumns(data)
  const line = shown.filter((one) => one.column.key === column?.key)
  const [from, to] = [line[0], line.at(-1)]
  if (!from || !to) return findings.withheld({ subject })
  if (from === to) return findings.one({ subject, only: named(data, to, writing) })
  const facts = { subject, from: named(data, from, writing), to: named(data, to, writing) }
  if (!isApart(from.estimate, to.estimate)) return findings.steady(facts)
  return from.estimate.value < to.estimate.value ? findings.rise(facts) : findings.fall(facts)
}

/** Where the first two columns are furthest apart. */
function apart({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const [left, right] = drawnColumns(data)
  if (!left || !right) return extremes({ data, shown, subject, writing })
  const pairs = data.rows.flatMap((row) => {
    const [one, other] = [cellAt(data, row, left), cellAt(data, row, right)]
    return one?.status === 'ok' && other?.status === 'ok' ? [{ row, one, other }] : []
  })
  if (pairs.length === 0) return extremes({ data, shown, subject, writing })
  const clear = pairs.filter((pair) => isClearlyApart(data, pair, { left, right }))
  const distance = ({ one, other }: (typeof pairs)[number]) => Math.abs(one.value - other.value)
  const furthest = clear.reduce<(typeof pairs)[number] | undefined>(
    (most, pair) => (most && distance(most) >= distance(pair) ? most : pair),
    undefined,
  )
  if (!furthest) return findings.together({ subject, one: left.spoken, other: right.spoken })
  const unit = mainUnit(data, furthest.row)
  const text = (estimate: Estimate) => writing.value(estimate.value, unit, estimate.decimals)
  return findings.apart({
    subject,
    where: furthest.row.spoken,
    one: { label: left.spoken, value: text(furthest.one) },
    other: { label: right.spoken, value: text(furthest.other) },
  })
}

/** Beside a published gap, which knows chance as well, the gap decides; else the bounds of the rounding. */
function isClearlyApart(
  data: FigureData,
  { row, one, other }: { readonly row: Category; readonly one: Estimate; readonly other: Estimate },
  { left, right }: { readonly left: Category; readonly right: Category },
): boolean {
  const gap = data.description.columns === 'figure' ? cellAt(data, row, { ...NO_COLUMN, key: 'gap' }) : undefined
  const isGapOfThese = left.key === 'active-social-tariff' && right.key === 'active-other'
  return gap?.isClear !== undefined && isGapOfThese ? gap.isClear : isApart(one, other)
}

/** The largest part of the first row that has one. */
function leading({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const [first] = shown
  if (!first) return findings.withheld({ subject })
  const leaders = leadersOf(shown.filter(({ row }) => row === first.row))
  const [part] = leaders
  if (!part || leaders.length > LEADERS_MAX) return findings.alike({ subject })
  const value = writing.value(part.estimate.value, mainUnit(data, part.row), part.estimate.decimals)
  const label = writing.format.list(leaders.map(({ column }) => column.spoken))
  return findings.largest({ of: first.row.label, part: { label, value }, isOne: leaders.length === 1 })
}

/** What is left of the newest cohort that began a year ago. */
function after({ data, shown, subject, writing }: Told): string {
  const { findings } = writing.words
  const year = shown.filter(({ column }) => column.key === QUARTERS_OF_A_YEAR)
  const newest = year.at(-1)
  if (!newest) return extremes({ data, shown, subject, writing })
  const of = ({ row, estimate }: Shown): Named => ({
    label: row.spoken,
    value: writing.value(estimate.value, mainUnit(data), estimate.decimals),
  })
  return findings.after({ cohort: of(newest) })
}

/** How many of the own figures lie where the middle half of the peers lies. */
function besidePeers({ peers }: FigureData, shown: readonly Shown[], { words }: FigureWriting): string {
  const compared = shown.flatMap(({ row, estimate }) => {
    const group = peers?.get(row.key)
    return group ? [{ isAbove: estimate.value > group.upper, isBelow: estimate.value < group.lower }] : []
  })
  if (compared.length === 0) return words.findings.alone
  const above = compared.filter(({ isAbove }) => isAbove).length
  const below = compared.filter(({ isBelow }) => isBelow).length
  return words.findings.middle({ inside: compared.length - above - below, of: compared.length, above, below })
}

/** The largest first, then those whose bounds overlap with its. */
function leadersOf(shown: readonly Shown[]): readonly Shown[] {
  const sorted = [...shown].sort((one, other) => other.estimate.value - one.estimate.value)
  const [first] = sorted
  return first ? sorted.filter((one) => one === first || !isApart(first.estimate, one.estimate)) : []
}

function named(data: FigureData, { row, column, estimate }: Shown, writing: FigureWriting): Named {
  const value = writing.value(estimate.value, mainUnit(data, row), estimate.decimals)
  return { label: placeOf(data, row, column), value }
}

/** Row and column in words: from one to the other, or both. */
function placeOf({ description }: FigureData, row: Category, column: Category): string {
  const { columns, finding } = description
  if (column.key === '' || columns === 'figure' || finding === 'trend') return row.spoken
  return columns === 'destination' || columns === 'sector'
    ? `${row.spoken} → ${column.spoken}`
    : `${row.spoken}, ${column.spoken}`
}
