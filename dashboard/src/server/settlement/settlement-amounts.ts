import type { SettlementLine } from '@zuil/core'
import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'

const CENTS_PER_EURO = 100

/** `€ 1.250,50`, of whole cents. */
export function euroText(cents: number, language: Language): string {
  return formatOf(language).euro(cents / CENTS_PER_EURO, 2)
}

/** Sum of an amount of lines, in cents, or of their tickets. */
export function sumOf(
  lines: readonly SettlementLine[],
  of: 'tickets' | 'regularPrice' | 'participant' | 'organizerShare' | 'localGovernment' | 'flemishGovernment',
): number {
  return lines.reduce((all, line) => all + line[of], 0)
}
