import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder, writeDurably } from '@zuil/warehouse/durable-file'
import { isMissing } from '../folder-names.ts'

/** Ranges up to which the warehouse is known to be on disk, by lane. */
export type Checkpoint = ReadonlyMap<number, number>

/** Small files that say what has to be verified at the next start. */
export interface CleanStop {
  /** True when the last run ended in order. Takes the marker away: from here on a crash is unclean. */
  begin(): Promise<boolean>
  /** The last thing that an orderly stop does. */
  end(): Promise<void>
  checkpoint(): Promise<Checkpoint>
  setCheckpoint(checkpoint: Checkpoint): Promise<void>
}

export function openCleanStop(folder: string): CleanStop {
  const marker = join(folder, 'stopped-cleanly')
  const checkpointPath = join(folder, 'checkpoint.json')
  return {
    async begin() {
      await makeFolder(folder)
      const clean = (await textOf(marker)) !== undefined
      await rm(marker, { force: true })
      await syncFolder(folder)
      return clean
    },
    async end() {
      await writeDurably(marker, 'The pipeline stopped in order.\n')
      await syncFolder(folder)
    },
    async checkpoint() {
      const text = await textOf(checkpointPath)
      if (text === undefined) return new Map()
      const value: unknown = JSON.parse(text)
      if (typeof value !== 'object' || value === null) return new Map()
      const entries = Object.entries(value).map(([lane, range]) => [Number(lane), Number(range)] as const)
      return new Map(entries.filter(([lane, range]) => Number.isSafeInteger(lane) && Number.isSafeInteger(range)))
    },
    async setCheckpoint(checkpoint) {
      await makeFolder(folder)
      await writeDurably(checkpointPath, `${JSON.stringify(Object.fromEntries(checkpoint))}\n`)
      await syncFolder(folder)
    },
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
