import { createHash } from 'node:crypto'
import type { SettlementDocument } from '@zuil/core'

/** Enough of a hash to tell two settlements apart, and to be typed. */
const CONTENT_LETTERS = 22

/** Names everything that a closing of this settlement would fix, so that what is closed is what somebody looked at. */
export function settlementContent({ cardSystem, period, basis, lines, shares, findings }: SettlementDocument): string {
  const text = JSON.stringify([cardSystem, period, basis, lines, shares, findings])
  return createHash('sha256').update(text).digest('base64url').slice(0, CONTENT_LETTERS)
}
