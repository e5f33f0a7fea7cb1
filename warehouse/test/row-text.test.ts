import { CHANNELS, FLAGS, formatDay, PERIOD_TYPES, SOCIAL_TARIFF_STATES, type Transaction } from '@zuil/core'
import { type Cell, type Column, formatDateTime, formatSeconds, jsonLine } from '@zuil/core/contracts/clickhouse-json'
import { LineWriter } from '@zuil/core/contracts/row-writer'
import { columnNames, contentHash, type NativeRows, TABLE_NAMES, TABLES, type TableName, type Warehouse } from '@zuil/warehouse'
import { NativeReader } from '@zuil/warehouse/native-reader'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockOf } from './block-of.ts'
import { type FreshWarehouse, freshEmbedded } from './fresh-warehouse.ts'
import { transactionLine } from './transaction-lines.ts'

let place: FreshWarehouse

beforeAll(async () => {
  place = await freshEmbedded()
})

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

const RUNS = 12
const ROWS = { minLength: 1, maxLength: 25 }

/** Any text at all, with more of what has to be escaped than chance would give. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '/',
        '\n',
        '\t',
        '\b',
        '\f',
        '\r',
        '\u0000',
        '\u001f',
        '\u007f',
        '\u2028',
        '\u2029',
        'é',
        '😀',
        "'",
        ',"version":1',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
)
const uint32 = fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) })
const day = instant.map((ms) => formatDay(Math.floor(ms / 86_400_000)))

describe('The line of a row', () => {
  it('is what ClickHouse writes for a stored transaction, whatever it holds', async () => {
    const transaction: fc.Arbitrary<Partial<Transaction>> = fc.record({
      programme: text,
      occurredAt: instant,
      occurredOn: day,
      channel: fc.constantFrom(...CHANNELS),
      holder: uint32,
      card: uint32,
      homeNis: uint32,
      homePostalCode: text,
      birthYear: fc.integer({ min: 0, max: 2100 }),
      socialTariff: fc.constantFrom(...SOCIAL_TARIFF_STATES),
      memberships: fc.array(uint32, { maxLength: 4 }),
      event: text,
      eventNumber: uint32,
      eventType: text,
      eventTheme: text,
      eventCardSystems: fc.array(uint32, { maxLength: 4 }),
      organizer: text,
      location: text,
      venueNis: uint32,
      device: text,
      client: text,
      points: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      limitPeriod: fc.constantFrom(...PERIOD_TYPES, '' as const),
      flags: fc.uniqueArray(fc.constantFrom(...FLAGS)),
      request: text,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, ROWS), fc.boolean(), async (transactions, voided) => {
        const lines = transactions.map((each, sequence) => transactionLine({ sequence, voided, transaction: each }))
        await expectStoredAsWritten(place.warehouse, 'transactions', lines)
      }),
      { numRuns: RUNS },
    )
  })

  it.each(TABLE_NAMES)('is what ClickHouse writes for a stored row of %s', async (table) => {
    const columns: readonly Column[] = TABLES[table]
    const row = fc.tuple(...columns.map(({ type }) => cellOf(type)))
    await fc.assert(
      fc.asyncProperty(fc.array(row, ROWS), async (rows) => {
        await expectStoredAsWritten(
          place.warehouse,
          table,
          distinct(columns, rows).map((cells) => jsonLine(columns, cells)),
        )
      }),
      { numRuns: RUNS },
    )
  })
})

async function expectStoredAsWritten(warehouse: Warehouse, table: TableName, lines: readonly string[]): Promise<void> {
  await expectStored(warehouse, table, { lines, rows: lines })
  const without = lines.flatMap((_, row) => (row % 3 === 1 ? [row] : []))
  const left = lines.filter((_, row) => !without.includes(row))
  const block = wholeBlock(table, lines, without)
  await expectStored(warehouse, table, { lines: left, rows: block })
  expect(linesOf(table, block)).toEqual(left)
}

/** What the archive has of a block. */
function linesOf(table: TableName, block: NativeRows): string[] {
  const reader = new NativeReader(block)
  return Array.from({ length: reader.rows }, () => {
    const writer = new LineWriter(TABLES[table])
    reader.tell(writer)
    return writer.line
  })
}

function wholeBlock(table: TableName, lines: readonly string[], without?: readonly number[]): NativeRows {
  return blockOf(table, lines, without) ?? expect.fail(`no block of ${lines[0]}`)
}

/** The same rows as text and as a block. */
async function expectStored(
  warehouse: Warehouse,
  table: TableName,
  { lines, rows }: { readonly lines: readonly string[]; readonly rows: readonly string[] | NativeRows },
): Promise<void> {
  await warehouse.truncate(table)
  await warehouse.insert(table, rows)
  const sql = `SELECT formatRowNoNewline('JSONEachRow', ${columnNames(table).join(', ')}) AS line FROM ${table}`
  const stored = await warehouse.query<{ line: string }>(sql, {}, 'test')
  expect(stored.map(({ line }) => line).sort()).toEqual([...lines].sort())
  const { lane, range } = JSON.parse(lines[0] ?? '{}') as { lane: number; range: number } // all lines of a test share them
  expect(await warehouse.content(table, { lane, range })).toEqual({ rows: lines.length, hash: contentHash(lines) })
}

function cellOf(type: string): fc.Arbitrary<Cell> {
  const array = /^Array\((.*)\)$/.exec(type)?.[1]
  // an array of one type of scalar is a cell
  if (array) return fc.array(cellOf(array), { maxLength: 3 }) as fc.Arbitrary<Cell>
  switch (type) {
    case 'String':
    case 'LowCardinality(String)':
      return text
    case 'UInt8':
      return fc.nat(255)
    case 'UInt16':
      return fc.nat(65_535)
    case 'UInt32':
      return uint32
    case 'Int32':
      return fc.integer()
    case 'Float64':
      // -0 does not reach a row: JSON of the journal has no such number
      return fc.double({ min: -180, max: 180, noNaN: true }).map((number) => (number === 0 ? 0 : number))
    case 'UUID':
      return fc.uuid()
    case 'Date':
      return day
    case "DateTime('UTC')":
      return instant.map(formatSeconds)
    case "DateTime64(3, 'UTC')":
      return instant.map(formatDateTime)
    default:
      throw new TypeError(`No values for the type ${type}`)
  }
}

/** Rows of one key replace each other, so each row gets an id or a sequence of its own; one range, to compare its hash. */
function distinct(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Cell[][] {
  return rows.map((cells, index) =>
    cells.map((cell, at) => {
      const name = columns[at]?.name
      if (name === 'id') return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
      if (name === 'sequence') return index
      return name === 'lane' || name === 'range' || name === 'version' ? 1 : cell
    }),
  )
}
