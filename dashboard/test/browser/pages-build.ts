import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BUILD_MS_MAX = 120_000
export const CLIENT_FOLDER = join(ROOT, 'build/client/_app/immutable')

/** Builds the pages unless the build is newer than all that it is made of. */
export async function buildPages(): Promise<void> {
  const built = await changedAt(join(ROOT, 'build/handler.js'))
  const sources = await Promise.all(['src', 'static', 'vite.config.ts', 'package.json'].map((name) => newest(join(ROOT, name))))
  if (built > Math.max(...sources)) return
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, timeout: BUILD_MS_MAX })
}

async function newest(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return changedAt(path)
  const files = await readdir(path, { recursive: true })
  return Math.max(...(await Promise.all(files.map((file) => changedAt(join(path, file))))))
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
