import type { Measure } from '@zuil/warehouse'
import { addressOf } from '../../lib/address.ts'
import type { Language } from '../../lib/language.ts'
import type { Link } from '../../lib/link.ts'
import type { FigureData } from './figure-data.ts'
import { crossingOf } from './figure-reading.ts'
import type { FigureWriting } from './figure-writing.ts'

/** Formats of the data API, by the names that readers know them by. */
const FILES = [
  { label: 'CSV', format: 'csv' },
  { label: 'CSV (Excel)', format: 'csv-excel-nl' },
  { label: 'XLSX', format: 'xlsx' },
  { label: 'Arrow', format: 'arrow' },
  { label: 'Parquet', format: 'parquet' },
] as const

/** Where the data dictionary explains a measure. */
export function definitionOf({ id, names }: Pick<Measure, 'id' | 'names'>, language: Language): Link {
  return { label: `${id} ${names[language]}`, href: `${addressOf('/woordenboek', { language, theme: 'system' })}#${id}` }
}

/** The same question, asked of the data API: the release is named, so that a file stays what the page showed. */
export function filesOf(data: FigureData, { language }: FigureWriting): readonly Link[] {
  const { measure, release, places, description } = data
  const parameters = new URLSearchParams({ period: release.period, release: String(release.release), language })
  const isBenchmark = description.chart === 'strip'
  if (!isBenchmark) {
    parameters.set('measure', measure.id)
    parameters.set('place', places.join())
    const dimensions = crossingOf(measure, description)
    if (dimensions.length > 0) parameters.set('dimensions', dimensions.join())
    if (data.annotations.length > 0) parameters.set('annotations', 'true')
  }
  const path = isBenchmark
    ? `/api/v1/benchmark/${encodeURIComponent((places[0] ?? '').slice('organizer:'.length))}`
    : '/api/v1/figures'
  return fileLinks(path, parameters)
}

/** The period of these files, where the figure shows others too; empty where they have all of it. */
export function periodOfFiles({ release, releases, beside }: FigureData, writing: FigureWriting): string {
  return releases.length > 1 || beside ? writing.period(release.period) : ''
}

/** An answer of the data API in every format that readers know by name. */
export function fileLinks(path: string, parameters: URLSearchParams): readonly Link[] {
  return FILES.map(({ label, format }) => ({ label, href: `${path}?${parameters.toString()}&format=${format}` }))
}
