import { SOCIAL_TARIFF_STATES, type Transaction } from '@zuil/core'
import { type Cell, quoteText } from '@zuil/core/contracts/clickhouse-json'
import type { JournalRecord, RefusalCount } from '@zuil/core/contracts/journal'
import { writeCells } from '@zuil/core/contracts/row-writer'
import { transactionRow } from '@zuil/core/contracts/transaction-row'
import { NativeBlock } from '@zuil/warehouse'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packRecord } from '../../src/archive/record-rows.ts'
import { SegmentPacker, unpackRows } from '../../src/archive/segment.ts'
import { segmentText } from '../../src/archive/segment-text.ts'
import { BlockDraft } from '../../src/import/block-draft.ts'
import { checkin, ID_KEY } from '../fixtures/journal.ts'

/** Any text at all, with more of what has to be escaped than chance would give. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('"', '\\', '\n', '\u0000', '\u007f', '\u2028', 'é', '😀', '\ud83d', 'a'), { maxLength: 8 })
    .map((of) => of.join('')),
)
const uint32 = fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
const numbers = fc.array(uint32, { maxLength: 4 })
const instant = fc.integer({ min: Date.UTC(2000, 0, 2), max: Date.UTC(2099, 11, 31) })
const some: fc.Arbitrary<Partial<Transaction>> = fc.record({
  occurredAt: instant,
  holder: uint32,
  birthYear: fc.integer({ min: 0, max: 2100 }),
  socialTariff: fc.constantFrom(...SOCIAL_TARIFF_STATES),
  memberships: numbers,
  event: text,
  eventCardSystems: numbers,
  organizer: text,
  points: fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
  flags: fc.subarray(['LATE', 'CLOCK', 'LIMIT_REACHED'] as const),
  request: text,
})

/** The rows of transactions that follow each other, without those of some numbers, and the lines that they should be. */
function packed(transactions: readonly Transaction[], without: ReadonlySet<number>) {
  // little room: it has to grow
  const packer = new SegmentPacker(transactions.length, Buffer.alloc(0))
  const lines: string[] = []
  for (const [index, transaction] of transactions.entries()) {
    const position = { lane: 0, ms: 1_795_256_488_349 + index * 3_600_123, sequence: index }
    const row = packRecord(packer, { kind: 'transaction', transaction }, { position, range: 7, idKey: ID_KEY })
    const version = { version: 1, voided: false, versionedAt: position.ms, range: 7, idKey: ID_KEY }
    if (!without.has(row)) lines.push(transactionRow(position, transaction, version))
  }
  return { lines, packed: packer.packed(without) }
}

function toldAgain(lines: readonly string[]): Uint8Array | undefined {
  const block = new NativeBlock('transactions')
  for (const line of lines) {
    writeCells(block, Object.values(JSON.parse(line) as Record<string, Cell>)) // our own lines hold cells only
    block.endRow()
  }
  return block.block()?.body
}

test('rows are packed as the lines they are, whatever is in them and whichever are left out', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 20 }), fc.uniqueArray(fc.nat(19)), (parts, out) => {
      const without = new Set(out.filter((row) => row < parts.length))
      const { lines, packed: rows } = packed(parts.map(checkin), without)
      expect(unpackRows(rows.text).map(({ line }) => line)).toEqual(lines)
      expect(rows.tables.get('transactions')?.rows).toBe(lines.length)
    }),
  )
})

test('the text that is made of blocks is the one that is made of cells, and so are its checksums, range after range', () => {
  const draft = new BlockDraft(1)
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 20 }), fc.uniqueArray(fc.nat(39)), (parts, out) => {
      const packer = new SegmentPacker(1)
      const records = parts.map(checkin).flatMap((transaction): JournalRecord[] => [
        { kind: 'transaction', transaction },
        { kind: 'refusals', minute: transaction.occurredAt, counts: [refusalAt(transaction)] },
      ])
      for (const [index, record] of records.entries()) {
        const place = { position: { lane: 0, ms: 1_795_256_488_349 + index, sequence: index }, range: 7, idKey: ID_KEY }
        expect(packRecord(draft, record, place)).toBe(packRecord(packer, record, place))
      }
      const without = new Set(out.filter((row) => row < records.length))
      const [expected, made] = [packer.packed(without), segmentText(draft.packed(without), Buffer.alloc(0))]
      expect(made.text.toString()).toBe(expected.text.toString())
      expect(made.tables).toEqual(expected.tables)
    }),
  )
})

test('a value that does not fit its column is refused before there is a text', () => {
  const draft = new BlockDraft(1)
  const refusals = { kind: 'refusals', minute: 0, counts: [{ ...refusalAt(checkin({})), count: -1 }] } as const
  packRecord(draft, refusals, { position: { lane: 0, ms: 1_795_256_488_349, sequence: 0 }, range: 7, idKey: ID_KEY })
  expect(() => draft.packed(new Set())).toThrow('A row of refusals holds a value that does not fit its column')
})

function refusalAt({ organizer, venueNis }: Transaction): RefusalCount {
  return { reason: 'ALREADY_CHECKED_IN', channel: 'KIOSK', organizer, venueNis, count: 3 }
}

test('a block holds what the lines of the archive hold', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 20 }), (parts) => {
      const { lines, packed: rows } = packed(parts.map(checkin), new Set())
      expect(rows.blocks.get('transactions')?.body).toEqual(toldAgain(lines))
    }),
  )
})

test('a record whose position has no id leaves nothing behind', () => {
  const packer = new SegmentPacker(2)
  const place = { position: { lane: 0, ms: 1_795_256_488_349, sequence: 1 }, range: 7, idKey: ID_KEY }
  const beyond = { ...place, position: { ...place.position, sequence: 70_000 } }
  expect(() => packRecord(packer, { kind: 'transaction', transaction: checkin({}) }, beyond)).toThrow(RangeError)
  packRecord(packer, { kind: 'transaction', transaction: checkin({ event: 'é' }) }, place)
  const { text: bytes, blocks } = packer.packed()
  expect(unpackRows(bytes).map(({ line }) => line.includes(`"event":${quoteText('é')}`))).toEqual([true])
  expect(blocks.get('transactions')?.rows).toBe(1)
})
