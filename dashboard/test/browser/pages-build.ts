import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BUILD_MS_MAX = 120_000
/** A folder that only one process at a time can make. */
const LOCK = join(ROOT, '.svelte-kit/test-build.lock')
const LOOK_AGAIN_MS = 100

/**
 * Builds the pages unless the build is newer than all that it is made of. Of test files that run beside each other one builds, and the
 * others wait for it; the bound is that of the hook that calls this.
 */
export async function buildPages(): Promise<void> {
  await mkdir(dirname(LOCK), { recursive: true })
  while (!(await takeLock())) await setTimeout(LOOK_AGAIN_MS)
  try {
    if (await isStale()) await build()
  } finally {
    await rm(LOCK, { recursive: true, force: true })
  }
}

async function takeLock(): Promise<boolean> {
  try {
    await mkdir(LOCK)
    return true
  } catch {
    // Left behind by a run that was killed.
    if (Date.now() - (await changedAt(LOCK)) > BUILD_MS_MAX) await rm(LOCK, { recursive: true, force: true })
    return false
  }
}

async function isStale(): Promise<boolean> {
  const built = await changedAt(join(ROOT, 'build/handler.js'))
  const sources = await Promise.all(['src', 'static', 'vite.config.ts', 'package.json'].map((name) => newest(join(ROOT, name))))
  return built <= Math.max(...sources)
}

async function build(): Promise<void> {
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
