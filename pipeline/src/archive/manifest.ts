import { isTableName, type TableName } from '@zuil/warehouse'
import type { Content } from './content.ts'

/** Hash that the first manifest of a lane names as its predecessor. */
export const FIRST_PREVIOUS = '0'.repeat(64)

/** What a segment holds for one table. */
export interface TableContent extends Content {
  /** Rows that replace a row of the same key, which may stand in an earlier range (voids). */
  readonly replacing: number
}

/** Everything that is known of one archived range. Every value follows from the range itself, so writing it again gives the same bytes. */
export interface Manifest {
  readonly lane: number
  readonly range: number
  /** First and last position, inclusive. */
  readonly from: string
  readonly to: string
  /** Records in the journal, dead letters included. */
  readonly count: number
  /** Epoch ms. */
  readonly sealedAt: number
  readonly tables: ReadonlyMap<TableName, TableContent>
  /** Records that could not be understood; they stand in the dead letters. */
  readonly deadLetters: number
  readonly segment: { readonly bytes: number; readonly sha256: string }
  /** SHA-256 of the manifest file of the range before, hexadecimal. */
  readonly previous: string
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError'
  readonly code = 'manifest-invalid'
}

export function encodeManifest(manifest: Manifest): string {
  const tables: Record<string, unknown> = {}
  for (const name of [...manifest.tables.keys()].sort()) {
    const content = manifest.tables.get(name)
    if (content) tables[name] = { rows: content.rows, hash: content.hash.toString(), replacing: content.replacing }
  }
  return `${JSON.stringify({ version: 1, ...manifest, tables }, undefined, 1)}\n`
}

/** @throws {ManifestError} when the text is not a manifest of version 1. */
export function decodeManifest(text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ManifestError('A manifest is not JSON')
  }
  const fields = record(value, 'manifest')
  if (fields.version !== 1) throw new ManifestError(`A manifest of version ${String(fields.version)} is not known here`)
  const segment = record(fields.segment, 'segment')
  const tables = new Map<TableName, TableContent>()
  for (const [name, entry] of Object.entries(record(fields.tables, 'tables'))) {
    if (!isTableName(name)) throw new ManifestError(`Table ${name} is not known here`)
    const content = record(entry, name)
    const hash = content.hash
    if (typeof hash !== 'string' || !/^\d{1,20}$/.test(hash)) throw new ManifestError(`The hash of ${name} is not a number`)
    tables.set(name, { rows: integer(content, 'rows'), hash: BigInt(hash), replacing: integer(content, 'replacing') })
  }
  return {
    lane: integer(fields, 'lane'),
    range: integer(fields, 'range'),
    from: text64(fields, 'from'),
    to: text64(fields, 'to'),
    count: integer(fields, 'count'),
    sealedAt: integer(fields, 'sealedAt'),
    tables,
    deadLetters: integer(fields, 'deadLetters'),
    segment: { bytes: integer(segment, 'bytes'), sha256: text64(segment, 'sha256') },
    previous: text64(fields, 'previous'),
  }
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ManifestError(`${name} is not an object`)
  // an object that came out of JSON.parse has string keys and unknown values
  return value as Record<string, unknown>
}

function integer(fields: Record<string, unknown>, name: string): number {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new ManifestError(`${name} is not a count`)
  return value
}

function text64(fields: Record<string, unknown>, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value.length === 0 || value.length > 64) throw new ManifestError(`${name} is not a text`)
  return value
}
