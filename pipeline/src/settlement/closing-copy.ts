import { copiedClosings, copiedContent, copyClosing, type Warehouse } from '@zuil/warehouse'
import { type ClosingRecord, ClosingRecordError, type KeptClosing } from './closing-record.ts'

/**
 * Copies closings of one card system to the warehouse where it has not got them; gives how many it lacked. A copy counts when its tickets were
 * read back.
 * @throws {ClosingRecordError} when the warehouse holds something else under a closing
 */
export async function bringClosingsUp(
  warehouse: Pick<Warehouse, 'query' | 'append'>,
  record: Pick<ClosingRecord, 'entries'>,
  closings: readonly KeptClosing[],
): Promise<number> {
  const [first] = closings
  if (!first) return 0
  const copied = await copiedClosings(warehouse, first.document.cardSystem)
  const other = closings.find(({ document, sha256 }) => (copied.get(document.closing.number) ?? sha256) !== sha256)
  if (other) {
    const { cardSystem, period } = other.document
    throw new ClosingRecordError(
      `The record of ${period} of card system ${cardSystem} is not the one that was copied to the warehouse`,
    )
  }
  const missing = closings.filter(({ document }) => !copied.has(document.closing.number))
  for (const closing of missing) {
    const { document, tickets } = closing
    const { cardSystem } = document
    const { number, closedAt, closedBy } = document.closing
    const row = {
      cardSystem,
      number,
      period: document.period,
      firstDay: document.firstDay,
      lastDay: document.lastDay,
      closedAt,
      closedBy,
      terms: JSON.stringify(document.basis.terms),
      members: JSON.stringify(document.basis.members),
      findings: JSON.stringify(document.findings),
      tickets,
      documentHash: closing.sha256,
    }
    await copyClosing(warehouse, row, await record.entries(closing))
    const stored = await copiedContent(warehouse, { cardSystem, number })
    if (stored.rows !== tickets.rows || stored.hash !== tickets.hash) {
      const found = `${stored.rows} tickets of closing ${number} of card system ${cardSystem}, not the ${tickets.rows} that were closed`
      throw new ClosingRecordError(`The warehouse holds ${found}`)
    }
  }
  return missing.length
}
