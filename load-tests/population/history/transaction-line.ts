import { type IdKey, parsePosition } from '@zuil/core'
import { transactionRow } from '@zuil/core/contracts/transaction-row'
import { draw } from '../draw.ts'
import type { HistoryRecord } from './record.ts'

const SUBJECT = 401

/** Ids of transactions that are written to files: by the seed, so that the same simulation has the same ids. */
export function fileIdKey(seed: number): IdKey {
  const word = (part: number) => draw(seed, part, SUBJECT)
  return { words: [word(0), word(1), word(2), word(3)] }
}

/** The row of a transaction or of its void as the warehouse writes it (JSONEachRow, without line end); undefined for other records. */
export function transactionLine({ position, record }: HistoryRecord, idKey: IdKey): string | undefined {
  const row = { versionedAt: position.ms, range: 0, idKey }
  if (record.kind === 'transaction') return transactionRow(position, record.transaction, { ...row, version: 1, voided: false })
  if (record.kind !== 'void') return undefined
  const voided = parsePosition(position.lane, record.position)
  return voided && transactionRow(voided, record.transaction, { ...row, version: 2, voided: true })
}
