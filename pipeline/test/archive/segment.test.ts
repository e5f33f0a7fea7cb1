import { SOCIAL_TARIFF_STATES, type Transaction } from '@zuil/core'
import { type Cell, quoteText } from '@zuil/core/contracts/clickhouse-json'
import { writeCells } from '@zuil/core/contracts/row-writer'
import { transactionRow } from '@zuil/core/contracts/transaction-row'
import { NativeBlock } from '@zuil/warehouse'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packRecord } from '../../src/archive/record-rows.ts'
import { SegmentPacker, unpackRows } from '../../src/archive/segment.ts'
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
