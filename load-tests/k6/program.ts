import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The version that scenarios are written for; `npm run setup:k6` builds exactly this one. */
export const K6_VERSION = '1.8.1'
/** TypeScript without a bundler came with 0.57, and 1.0 froze what scenarios import. */
const K6_MAJOR_MIN = 1

/** A k6 that can run the scenarios. */
export interface K6Program {
  readonly path: string
  readonly version: string
}

/** Where one was looked for; passed in, so that tests need no environment. */
export interface K6Places {
  /** K6_BIN; empty: not set. */
  readonly named: string
  /** Where `npm run setup:k6` puts it. */
  readonly built: string
}

/** Outlives a fresh clone, so that a build of minutes is made once on a machine. */
export function k6Places(environment: NodeJS.ProcessEnv): K6Places {
  const cache = environment.XDG_CACHE_HOME || join(homedir(), '.cache')
  return { named: environment.K6_BIN ?? '', built: join(cache, 'zuil', `k6-${K6_VERSION}`, 'k6') }
}

/** The k6 to use, or one sentence that says what to do: K6_BIN first, then the one on the path, then the one that was built. */
export function findK6({ named, built }: K6Places): K6Program | string {
  if (named !== '') return k6At(named) ?? `K6_BIN is ${named}, which is no k6 of version ${K6_MAJOR_MIN} or newer.`
  const found = k6At('k6') ?? (existsSync(built) ? k6At(built) : undefined)
  return found ?? 'k6 is not installed: "npm run setup:k6" builds it (Go is needed), or set K6_BIN to the program.'
}

function k6At(path: string): K6Program | undefined {
  const { status, stdout } = spawnSync(path, ['version'], { encoding: 'utf8' })
  const version = /^k6 v(\d+\.\d+\.\d+)/m.exec(stdout ?? '')?.[1]
  const isUsable = status === 0 && version !== undefined && Number(version.split('.')[0]) >= K6_MAJOR_MIN
  return isUsable ? { path, version } : undefined
}
