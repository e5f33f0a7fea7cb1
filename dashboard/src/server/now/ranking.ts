/** A row with its own name. */
export interface Named {
  /** Stable identity of what is counted. */
  readonly key: string
  readonly label: string
  readonly value: number
}

export interface Ranked extends Named {
  /** True for the row that gathers all that are not shown by name. */
  readonly rest: boolean
}

export interface RankingOptions {
  readonly namedMax: number
  /** Label of the gathering row for so many rows. */
  readonly others: (count: number) => string
}

/**
 * Highest first; equal values by label, so that bars do not swap places without a reason. What comes after `namedMax` is
 * one row at the end, also when it is the highest. Rows of the same label become one row.
 */
export function ranked(rows: readonly Named[], { namedMax, others }: RankingOptions): Ranked[] {
  const byLabel = new Map<string, Named>()
  for (const row of rows) {
    const same = byLabel.get(row.label)
    byLabel.set(row.label, same ? { ...same, value: same.value + row.value } : row)
  }
  const sorted = [...byLabel.values()].sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1))
  const named = sorted.slice(0, namedMax).map((row) => ({ ...row, rest: false }))
  const rest = sorted.slice(namedMax)
  if (rest.length === 0) return named
  const value = rest.reduce((total, row) => total + row.value, 0)
  return [...named, { key: 'rest', label: others(rest.length), value, rest: true }]
}
