import { randomUUID } from 'node:crypto'
import { open, rename } from 'node:fs/promises'

/** Ending of a file that was not finished; who finds one at a start may remove it. */
export const UNFINISHED_ENDING = '.tmp'

/** Puts a file at `path` as a whole, for this user only: after a crash it is what it was before, or all of what it is now. */
export async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const unfinished = `${path}.${randomUUID()}${UNFINISHED_ENDING}`
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
}
