import { formatPosition, type IdKey, type Position, parsePosition, type Transaction } from '@zuil/core'
import type { JournalRecord } from '@zuil/core/contracts/journal'
import { projectionCells } from '@zuil/core/contracts/projection-row'
import { refusalCells } from '@zuil/core/contracts/refusal-row'
import { writeCells } from '@zuil/core/contracts/row-writer'
import { type RowVersion, writeTransaction } from '@zuil/core/contracts/transaction-row'
import type { RowPacker } from './segment.ts'

/** Where a record stands, and what ids are made with. */
export interface RecordPlace {
  readonly position: Position
  readonly range: number
  readonly idKey: IdKey
}

/**
 * Packs the rows that a record becomes, usually one; gives the number of the last, or -1 when there is none.
 * @throws {TypeError} or {RangeError} when it holds a value that no column takes; then there is no row of it.
 */
export function packRecord(packer: RowPacker, record: JournalRecord, { position, range, idKey }: RecordPlace): number {
  switch (record.kind) {
    case 'transaction': {
      const { transaction } = record
      const version = { version: 1, voided: false, versionedAt: position.ms, range, idKey }
      return packTransaction(packer, { position, transaction }, version)
    }
    case 'void': {
      const { transaction } = record
      const version = { version: 2, voided: true, versionedAt: position.ms, range, idKey }
      return packTransaction(packer, { position: voidedPosition(position, record.position), transaction }, version)
    }
    case 'projection': {
      const { table, cells } = projectionCells(position, record, { range })
      writeCells(packer.begin(table), cells)
      return packer.endRow(table, false)
    }
    case 'refusals': {
      let row = -1
      for (const cells of refusalCells(position, record, { range })) {
        writeCells(packer.begin('refusals'), cells)
        row = packer.endRow('refusals', false)
      }
      return row
    }
  }
}

function packTransaction(
  packer: RowPacker,
  placed: { readonly position: Position; readonly transaction: Transaction },
  version: RowVersion,
): number {
  checkTransaction(placed.transaction)
  writeTransaction(packer.begin('transactions'), placed, version)
  return packer.endRow('transactions', version.version > 1)
}

function voidedPosition(position: Position, text: string): Position {
  const voided = parsePosition(position.lane, text)
  if (!voided || formatPosition(voided) !== text) throw new TypeError('A void does not name a position')
  return voided
}

const UINT8_MAX = 0xff
const UINT16_MAX = 0xffff
const UINT32_MAX = 0xffff_ffff
const INT32_MAX = 0x7fff_ffff

/** Instants that a `DateTime64` and the journal both know: 2000 to 2100. */
const INSTANT_MIN = Date.UTC(2000, 0, 1)
const INSTANT_MAX = Date.UTC(2100, 0, 1)

/**
 * ClickHouse takes numbers that do not fit a column modulo its size and moves days that do not exist, without an error. Such a row
 * would be read back as another one for ever, so it is refused here.
 */
function checkTransaction(t: Transaction): void {
  check(t.holder, 0, UINT32_MAX, 'holder')
  check(t.card, 0, UINT32_MAX, 'card')
  check(t.homeNis, 0, UINT32_MAX, 'homeNis')
  check(t.birthYear, 0, UINT16_MAX, 'birthYear')
  check(t.eventNumber, 0, UINT32_MAX, 'eventNumber')
  check(t.venueNis, 0, UINT32_MAX, 'venueNis')
  check(t.points, -INT32_MAX, INT32_MAX, 'points')
  check(t.occurredAt, INSTANT_MIN, INSTANT_MAX, 'occurredAt')
  checkList(t.memberships, 'memberships')
  checkList(t.eventCardSystems, 'eventCardSystems')
  checkDay(t.occurredOn)
}

function check(value: number, least: number, most: number, name: string): void {
  if (!Number.isInteger(value) || !(value >= least && value <= most))
    throw new RangeError(`${name} is not a number of its column`)
}

function checkList(values: readonly number[], name: string): void {
  if (!Array.isArray(values) || values.length > UINT8_MAX) throw new TypeError(`${name} is not a list of its column`)
  for (const value of values) check(value, 0, UINT32_MAX, name)
}

/** Days come in order, so nearly every one is the one before. */
let lastGoodDay = ''

function checkDay(day: string): void {
  if (day === lastGoodDay) return
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new TypeError('occurredOn is not a day')
  const instant = new Date(`${day}T00:00:00Z`)
  if (
    Number.isNaN(instant.getTime()) ||
    instant.toISOString().slice(0, 10) !== day ||
    !(instant.getTime() >= INSTANT_MIN - 86_400_000)
  ) {
    throw new RangeError('occurredOn is not a day of the calendar')
  }
  lastGoodDay = day
}
