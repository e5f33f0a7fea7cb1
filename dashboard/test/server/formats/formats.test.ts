import { inflateRawSync } from 'node:zlib'
import { tableFromIPC } from 'apache-arrow'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { arrowFormat } from '../../../src/server/formats/arrow-format.ts'
import { csvFormat, EXCEL_CSV, MACHINE_CSV } from '../../../src/server/formats/csv-format.ts'
import { FORMAT_NAMES, formatOfMediaType, MEDIA_TYPES } from '../../../src/server/formats/formats.ts'
import { jsonFormat } from '../../../src/server/formats/json-format.ts'
import { parquetFormat } from '../../../src/server/formats/parquet-format.ts'
import { xlsxFormat } from '../../../src/server/formats/xlsx-format.ts'
import { TABLE } from './tables.ts'
import { zipEntries } from './zip.ts'

const DICTIONARY = { place: 'Where.', value: 'How many.', status: 'Whether it is shown.', sum: 'Whether it is a sum.' }

describe('CSV', () => {
  test('for machines has commas, points, and an empty place where nothing is shown', () => {
    expect(csvFormat(TABLE, MACHINE_CSV).toString()).toBe(
      [
        'place,value,status,sum',
        'municipality:44021,1234.5,ok,false',
        'municipality:44021,,withheld,true',
        `"'=1+1; ""x""",-5,ok,false`,
        '',
      ].join('\r\n'),
    )
  })

  test('for Excel has a mark, semicolons and decimal commas', () => {
    const bytes = csvFormat(TABLE, EXCEL_CSV)
    expect(bytes.subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf))
    expect(bytes.subarray(3).toString()).toBe(
      [
        'place;value;status;sum',
        'municipality:44021;1234,5;ok;nee',
        'municipality:44021;;withheld;ja',
        `"'=1+1; ""x""";-5;ok;nee`,
        '',
      ].join('\r\n'),
    )
  })

  test('for Excel keeps age bands and months from becoming days', () => {
    const { columns, name, facts } = TABLE
    const table = { columns: columns.slice(0, 1), name, facts, rows: [['6-11'], ['2026-11'], ['65+'], ['a-b']] }
    expect(csvFormat(table, EXCEL_CSV).subarray(3).toString().split('\r\n').slice(1, 5)).toEqual([
      '6–11',
      '2026–11',
      '65+',
      'a-b',
    ])
    expect(csvFormat(table, MACHINE_CSV).toString()).toContain('6-11')
  })

  test.each(['=cmd', '+1', '-1', '@x', '\tx', '\rx'])('never begins a text with what a spreadsheet would run: %j', (text) => {
    const { columns, name, facts } = TABLE
    const csv = csvFormat({ columns: columns.slice(0, 1), name, facts, rows: [[text]] }, MACHINE_CSV).toString()
    expect(csv.split('\r\n')[1]).toMatch(/^"?'/)
  })
})

test('JSON has null where nothing is shown', () => {
  expect(JSON.parse(jsonFormat(TABLE).toString())).toEqual({
    release: '7',
    threshold: '10',
    definition: 'Wie geldig is, é',
    dictionary: DICTIONARY,
    rows: [
      { place: 'municipality:44021', value: 1234.5, status: 'ok', sum: false },
      { place: 'municipality:44021', value: null, status: 'withheld', sum: true },
      { place: '=1+1; "x"', value: -5, status: 'ok', sum: false },
    ],
  })
})

test('an Arrow stream has no nullable column, 0 where nothing is shown, and explains itself', () => {
  const table = tableFromIPC(arrowFormat(TABLE))
  expect(table.toArray().map((row) => row.toJSON())).toEqual([
    { place: 'municipality:44021', value: 1234.5, status: 'ok', sum: false },
    { place: 'municipality:44021', value: 0, status: 'withheld', sum: true },
    { place: '=1+1; "x"', value: -5, status: 'ok', sum: false },
  ])
  expect(table.schema.fields.map(({ nullable }) => nullable)).toEqual([false, false, false, false])
  expect(Object.fromEntries(table.schema.metadata)).toEqual({ ...TABLE.facts, dictionary: JSON.stringify(DICTIONARY) })
})

test('an Arrow stream without rows is one still', () => {
  expect(tableFromIPC(arrowFormat({ ...TABLE, rows: [] })).numRows).toBe(0)
})

test('Parquet has no nullable column, no statistics, and explains itself', async () => {
  const bytes = parquetFormat(TABLE)
  const file = new Uint8Array(bytes).buffer
  expect(await parquetReadObjects({ file })).toEqual([
    { place: 'municipality:44021', value: 1234.5, status: 'ok', sum: false },
    { place: 'municipality:44021', value: 0, status: 'withheld', sum: true },
    { place: '=1+1; "x"', value: -5, status: 'ok', sum: false },
  ])
  const metadata = parquetMetadata(file)
  expect(metadata.schema.slice(1).map(({ repetition_type }) => repetition_type)).toEqual(Array(4).fill('REQUIRED'))
  expect(metadata.row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.statistics))).toEqual(
    Array(4).fill(undefined),
  )
  expect(Object.fromEntries(metadata.key_value_metadata?.map(({ key, value }) => [key, value]) ?? [])).toEqual({
    ...TABLE.facts,
    dictionary: JSON.stringify(DICTIONARY),
  })
})

test('a workbook has two visible sheets, values only, and an empty cell where nothing is shown', async () => {
  const files = zipEntries(await xlsxFormat(TABLE, { figures: 'Cijfers', explanation: 'Toelichting' }), inflateRawSync)
  const workbook = files.get('xl/workbook.xml') ?? ''
  expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual(['Cijfers', 'Toelichting'])
  expect(workbook).not.toMatch(/hidden/i)
  const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet')).map(([, text]) => text)
  expect(sheets).toHaveLength(2)
  for (const sheet of sheets) expect(sheet).not.toMatch(/<f[ >]|hidden/)
  expect(sheets.join()).toContain('<v>1234.5</v>')
  expect(sheets[0]).not.toMatch(/<c r="B3"[^>]*><v>/)
  expect([...files.values()].join()).toContain('Wie geldig is, é')
})

test('every format answers for a media type', () => {
  expect(MEDIA_TYPES.map(formatOfMediaType)).toEqual(FORMAT_NAMES.filter((name) => name !== 'csv-excel-nl'))
})
