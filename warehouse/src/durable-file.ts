import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Files and folders that the group of the installation reads, too, e.g. to copy them. */
const FILE_MODE = 0o640
const FOLDER_MODE = 0o750
/** What only the user of the installation reads: settlements, what people wrote. */
const OWN_FILE_MODE = 0o600
export const OWN_FOLDER_MODE = 0o700

/** Suffix of files that were not finished; whoever finds one after a restart may delete it. */
export const UNFINISHED_SUFFIX = '.unfinished'

/**
 * Puts `data` at `path` so that after a crash or a power cut the file is either there whole or not at all: temporary name,
 * fsync, rename. The rename itself is durable after {@link syncFolder}, which one call can do for several files.
 */
export async function writeDurably(path: string, data: Uint8Array | string): Promise<void> {
  await (await stageDurably(path, data)).place()
}

/** The same for one file alone that only our user reads: when it resolves, content and name are on disk. */
export async function writeOwnFile(path: string, data: Uint8Array | string): Promise<void> {
  await (await stageDurably(path, data, OWN_FILE_MODE)).place()
  await syncFolder(dirname(path))
}

/** A file whose content is on disk, under a temporary name. Whoever has it places it or discards it. */
export interface StagedFile {
  /** Gives it its name. */
  place(): Promise<void>
  discard(): Promise<void>
}

/** The first half of {@link writeDurably}, so that one wait for the disk can be that of several files. */
export async function stageDurably(path: string, data: Uint8Array | string, mode = FILE_MODE): Promise<StagedFile> {
  // two processes may write the same file at once; each has a temporary name of its own
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED_SUFFIX}`
  const discard = () => rm(unfinished, { force: true })
  try {
    const file = await open(unfinished, 'wx', mode)
    try {
      await file.writeFile(data)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await discard()
    throw error
  }
  return {
    async place() {
      try {
        await rename(unfinished, path)
      } catch (error) {
        await discard()
        throw error
      }
    },
    discard,
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Creates a folder with its parents, durably. */
export async function makeFolder(folder: string, mode = FOLDER_MODE): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode })
  if (first !== undefined) await syncFolder(dirname(first))
}
