import { readdir } from 'node:fs/promises'

/** Whether a file or folder is not there; anything else that goes wrong with one is a fault. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Names in a folder; one that is not there has none. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
