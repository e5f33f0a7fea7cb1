/** One measured figure, and what it should be. */
export interface Figure {
  readonly bench: string
  readonly figure: string
  readonly value: number
  readonly unit: string
  /** Absent: told for the reader, judged by nobody. */
  readonly target?: Target
}

export type Target = { readonly atLeast: number } | { readonly atMost: number } | { readonly exactly: number }

export function isMet(figure: Figure): boolean {
  const { target, value } = figure
  if (!target) return true
  if ('atLeast' in target) return value >= target.atLeast
  return 'atMost' in target ? value <= target.atMost : value === target.exactly
}

/** One line of JSON for each figure, to be kept and compared. */
export function jsonLine(figure: Figure): string {
  const { bench, figure: name, value, unit } = figure
  return JSON.stringify({
    bench,
    figure: name,
    value: rounded(value),
    unit,
    target: targetText(figure.target),
    ok: isMet(figure),
  })
}

/** The figures as a table for the eye. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.bench,
    figure.figure,
    rounded(figure.value).toLocaleString('en-GB', { maximumFractionDigits: 3 }),
    figure.unit,
    targetText(figure.target) ?? '',
    figure.target ? (isMet(figure) ? 'ok' : 'MISSED') : '',
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0
    return column === 2 ? cell.padStart(width) : cell.padEnd(width)
  }
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

function targetText(target: Target | undefined): string | null {
  if (!target) return null
  if ('atLeast' in target) return `>= ${target.atLeast}`
  return 'atMost' in target ? `<= ${target.atMost}` : `= ${target.exactly}`
}

/** Four significant digits say more than the machine's noise does. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4))
}

/** The value that this share of the others do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
