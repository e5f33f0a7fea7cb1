import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePosition } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { decodeRegistryLogEntry, encodeRegistryLogEntry, type RegistryLogEntry } from '@zuil/core/contracts/registry-log'
import { makeFolder, syncFolder } from '@zuil/warehouse/durable-file'
import type { Redis } from 'ioredis'
import type { Fault } from '../fault.ts'
import { namesIn } from '../folder-names.ts'

/** Entries that are copied in one go: some megabytes. */
const COPY_ENTRIES_MAX = 2_000

/** A file is closed at this size; a new one follows. */
const FILE_BYTES_MAX = 64 * 1024 * 1024

/**
 * Entries stay in the stream this long after they were made, copied or not: ingest follows the stream and need not read everything
 * anew because it was busy for a moment.
 */
const KEPT_MS = 60_000

/** During a large import fewer are kept than {@link KEPT_MS} would: 20,000, some ten megabytes of Redis. */
const KEPT_BATCHES = 10

export interface RegistryLog {
  /** Copies what is new of a lane, durably, then trims the stream; gives the number of entries copied. */
  copy(lane: number): Promise<number>
}

export interface RegistryLogDependencies {
  readonly redis: Redis
  readonly folder: string
  readonly clock: () => number
  readonly fault: Fault
}

interface LaneLog {
  /** Number of the file that is written to; 0 before the first. */
  file: number
  bytes: number
  version: number
  /** Id in the stream of the last copied entry, once it is known: where the next copy goes on. */
  after: string | undefined
  /** `after` at the end of each full copy, the last {@link KEPT_BATCHES} of them. */
  marks: string[]
}

export class RegistryLogError extends Error {
  override readonly name = 'RegistryLogError'
  readonly code = 'registry-log-gap'
}

export function createRegistryLog(dependencies: RegistryLogDependencies): RegistryLog {
  const { redis, folder, clock, fault } = dependencies
  const lanes = new Map<number, LaneLog>()

  async function copy(lane: number): Promise<number> {
    const key = laneKeys(lane).registry
    let copied = 0
    for (;;) {
      const log: LaneLog = lanes.get(lane) ?? (await openLane(folder, lane))
      const entries = await redis.xrange(key, log.after ? `(${log.after}` : '-', '+', 'COUNT', COPY_ENTRIES_MAX)
      const fresh = entries.map(([, fields]) => parseEntry(fields)).filter((entry) => entry.version > log.version)
      if (fresh.length > 0) {
        const [first] = fresh
        if (first && first.version !== log.version + 1) throw gap(lane, log.version, first.version)
        // read again from the files when writing fails: a part of the lines may stand there
        lanes.delete(lane)
        await append(folder, lane, log, fresh)
        await fault('after-registry-log', { lane, range: log.version })
        copied += fresh.length
      }
      log.after = entries.at(-1)?.[0] ?? log.after
      lanes.set(lane, log)
      await trim(lane, log)
      if (entries.length < COPY_ENTRIES_MAX) return copied
      if (log.after) log.marks.push(log.after)
    }
  }

  async function trim(lane: number, log: LaneLog): Promise<void> {
    const key = laneKeys(lane).registry
    const copiedUpTo = parsePosition(lane, log.after ?? '')
    if (!copiedUpTo) return
    await redis.xtrim(key, 'MINID', Math.min(copiedUpTo.ms, Math.max(0, clock() - KEPT_MS)))
    const mark = log.marks.at(-KEPT_BATCHES)
    if (mark !== undefined) await redis.xtrim(key, 'MINID', mark)
    log.marks = log.marks.slice(-KEPT_BATCHES)
  }

  return { copy }
}

function parseEntry(fields: readonly string[]): RegistryLogEntry {
  const values = new Map<string, string>()
  for (let index = 0; index + 1 < fields.length; index += 2) values.set(fields[index] ?? '', fields[index + 1] ?? '')
  const version = Number(values.get('version'))
  if (!Number.isSafeInteger(version) || version < 1) throw new RegistryLogError('An entry of the registry stream has no version')
  return { version, kind: values.get('kind') ?? '', key: values.get('key') ?? '', ciphertext: values.get('ciphertext') ?? '' }
}

async function append(folder: string, lane: number, log: LaneLog, entries: readonly RegistryLogEntry[]): Promise<void> {
  const isNew = log.file === 0 || log.bytes >= FILE_BYTES_MAX
  const number = isNew ? log.file + 1 : log.file
  const data = Buffer.from(entries.map((entry) => `${encodeRegistryLogEntry(entry)}\n`).join(''))
  const laneFolder = join(folder, String(lane))
  if (isNew) await makeFolder(laneFolder)
  const file = await open(join(laneFolder, fileName(number)), 'a', 0o600)
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
  if (isNew) await syncFolder(laneFolder)
  log.file = number
  log.bytes = (isNew ? 0 : log.bytes) + data.length
  log.version = entries.at(-1)?.version ?? log.version
}

/** Finds where the log ends. A last line that a crash tore is cut off: its entry still stands in the stream. */
async function openLane(folder: string, lane: number): Promise<LaneLog> {
  const laneFolder = join(folder, String(lane))
  const numbers = (await namesIn(laneFolder)).map((name) => Number(/^(\d{8,})\.log$/.exec(name)?.[1] ?? 0))
  for (let number = Math.max(0, ...numbers); number > 0; number--) {
    const path = join(laneFolder, fileName(number))
    const data = await readFile(path)
    const whole = data.lastIndexOf('\n') + 1
    if (whole < data.length) await truncate(path, whole)
    const text = data.subarray(0, whole).toString('utf8')
    const lastLine = text.trimEnd().split('\n').at(-1)
    if (lastLine)
      return { file: number, bytes: whole, version: decodeRegistryLogEntry(lastLine).version, after: undefined, marks: [] }
  }
  return { file: 0, bytes: 0, version: 0, after: undefined, marks: [] }
}

async function truncate(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

function gap(lane: number, copied: number, found: number): RegistryLogError {
  return new RegistryLogError(`The registry log of lane ${lane} ends at version ${copied}, but its stream goes on at ${found}`)
}

function fileName(number: number): string {
  return `${String(number).padStart(8, '0')}.log`
}
