/**
 * The registry log: `data/registry-log/<lane>/<n, 8 digits>.log`, append-only, one JSON line for each entry of the lane's
 * registry stream, in the order of the stream. The hub copies the entries there, fsyncs, and then trims the stream, so
 * that losing Redis loses nobody. Stream fields have the names of the members here.
 */
export interface RegistryLogEntry {
  /** Registry version of the lane after this change; consecutive within a lane, starting at 1. */
  readonly version: number
  /** `holders` for passholders and group passes, else the kind that was put (`events`, …), or `touch`: the entry itself stands in the log of lane 0. */
  readonly kind: string
  /** Dense number of a holder or card, id of anything else. Names nobody. */
  readonly key: string
  /**
   * base64 of format byte 1, 12 bytes of nonce, AES-256-GCM ciphertext, 16 bytes of tag; `<kind>/<key>` is the additional
   * data. The plaintext is described in ingest/src/registry/README.md. Empty for `touch`.
   */
  readonly ciphertext: string
}

/** Order of the fields of a stream entry. */
export const REGISTRY_FIELDS = ['version', 'kind', 'key', 'ciphertext'] as const

export function encodeRegistryLogEntry(entry: RegistryLogEntry): string {
  return JSON.stringify({ version: entry.version, kind: entry.kind, key: entry.key, ciphertext: entry.ciphertext })
}

/** @throws {SyntaxError} or {TypeError} when the line is not an entry. */
export function decodeRegistryLogEntry(line: string): RegistryLogEntry {
  const value: unknown = JSON.parse(line)
  if (typeof value !== 'object' || value === null) throw new TypeError('A registry log entry is a JSON object')
  // Narrowed member by member right below.
  const { version, kind, key, ciphertext } = value as Record<string, unknown>
  if (!Number.isSafeInteger(version) || typeof kind !== 'string' || typeof key !== 'string' || typeof ciphertext !== 'string') {
    throw new TypeError('A registry log entry has version, kind, key and ciphertext')
  }
  // isSafeInteger says that it is a number, but does not narrow.
  return { version: version as number, kind, key, ciphertext }
}
