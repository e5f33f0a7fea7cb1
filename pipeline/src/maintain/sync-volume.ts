import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One syncfs takes up to half a second here; a busy slow disk may take long. */
const SYNC_TIMEOUT_MS = 120_000

/** Forces everything on the volume of `folder` to disk: the barrier behind which an unclean stop cannot have lost anything. */
export async function syncVolume(folder: string): Promise<void> {
  // node has no syncfs; coreutils' sync has, on Linux. macOS' sync takes no option and syncs every volume.
  const args = process.platform === 'linux' ? ['-f', folder] : []
  await run('sync', args, { timeout: SYNC_TIMEOUT_MS })
}
