import type { PublishedCell } from '@zuil/warehouse'

/** `at_least`: a sum in which some parts are withheld, so the true one is at least about that. */
export type AnswerStatus = PublishedCell['status'] | 'at_least'

/** A published cell, or published cells of several places added up. */
export interface AnswerCell extends Pick<PublishedCell, 'members' | 'column' | 'value'> {
  /** One place, or several with `+` between them. */
  readonly place: string
  readonly status: AnswerStatus
  /** Published values that were added up: 1 for a cell as it was published, 0 where nothing is shown. */
  readonly cells: number
}

/** A cell as it was published. */
export function asPublished(cell: PublishedCell): AnswerCell {
  return { ...cell, cells: cell.status === 'ok' ? 1 : 0 }
}

/** Adds up the cells of all places, for each column and members; in the order in which they come. */
export function addedUp(cells: readonly PublishedCell[], places: readonly string[]): readonly AnswerCell[] {
  const sums = Map.groupBy(cells, ({ column, members }) => [column, ...members].join('\n'))
  return [...sums.values()].flatMap((parts) => {
    const [first] = parts
    if (!first) return []
    const { members, column } = first
    const shown = parts.filter(({ status }) => status === 'ok')
    const value = shown.reduce((sum, part) => sum + part.value, 0)
    // A place of which nothing is there is one whose cell is withheld.
    const isWhole = parts.length === places.length && parts.every(({ status }) => status !== 'withheld' && status !== 'na')
    return [{ place: places.join('+'), members, column, value, status: statusOf(parts, isWhole), cells: shown.length }]
  })
}

function statusOf(parts: readonly PublishedCell[], isWhole: boolean): AnswerStatus {
  const has = (status: PublishedCell['status']) => parts.some((part) => part.status === status)
  if (has('ok')) return isWhole ? 'ok' : 'at_least'
  if (has('withheld') || !isWhole) return 'withheld'
  return has('structural_zero') ? 'structural_zero' : 'na'
}

/**
 * Standard error of what rounding to multiples of `base` adds to a sum of so many published values: a value is rounded up or
 * down by chance, with variance (base² − 1) / 6 on average. For people (base 5) that is 2·√cells.
 */
export function roundingError(base: number, cells: number): number {
  return Math.round(Math.sqrt((cells * (base * base - 1)) / 6) * 10) / 10
}
