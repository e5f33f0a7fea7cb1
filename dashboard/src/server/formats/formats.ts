import type { AnswerTable } from './answer-table.ts'
import { arrowFormat } from './arrow-format.ts'
import { csvFormat, EXCEL_CSV, MACHINE_CSV } from './csv-format.ts'
import { jsonFormat } from './json-format.ts'
import { parquetFormat } from './parquet-format.ts'
import { type SheetNames, xlsxFormat } from './xlsx-format.ts'

interface Format {
  readonly mediaType: string
  readonly ending: string
  /** Whether it is worth compressing on its way. */
  readonly packs: boolean
  readonly write: (table: AnswerTable, names: SheetNames) => Buffer | Promise<Buffer>
}

/** Every format of an answer, by the name that `?format=` takes. The first one of a media type answers for it. */
export const FORMATS = {
  json: { mediaType: 'application/json', ending: 'json', packs: true, write: jsonFormat },
  csv: { mediaType: 'text/csv', ending: 'csv', packs: true, write: (table) => csvFormat(table, MACHINE_CSV) },
  'csv-excel-nl': { mediaType: 'text/csv', ending: 'csv', packs: true, write: (table) => csvFormat(table, EXCEL_CSV) },
  arrow: { mediaType: 'application/vnd.apache.arrow.stream', ending: 'arrows', packs: true, write: arrowFormat },
  parquet: { mediaType: 'application/vnd.apache.parquet', ending: 'parquet', packs: false, write: parquetFormat },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
    packs: false,
    write: xlsxFormat,
  },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof FORMATS

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[] // the keys of the table above

export function isFormatName(text: string): text is FormatName {
  return Object.hasOwn(FORMATS, text)
}

/** What `Accept` may ask for. */
export const MEDIA_TYPES = [...new Set(FORMAT_NAMES.map((name) => FORMATS[name].mediaType))]

/** The first format of a media type. */
export function formatOfMediaType(mediaType: string): FormatName {
  return FORMAT_NAMES.find((name) => FORMATS[name].mediaType === mediaType) ?? 'json'
}
