import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findK6, K6_VERSION, k6Places } from './program.ts'

/** `npm run setup:k6`: builds k6 with Go into the user's cache, unless a usable one is there. Exit code 3 when it cannot. */
const MODULE = `go.k6.io/k6@v${K6_VERSION}`
const EXIT_UNAVAILABLE = 3

function setUp(): string {
  const places = k6Places(process.env)
  const known = findK6(places)
  if (typeof known !== 'string') return `k6 ${known.version} is there: ${known.path}`
  if (places.named !== '') throw new Error(known)
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error(`Go is not installed, which builds k6: install it, or install k6 ${K6_VERSION} and put it on the path.`)
  }
  console.log(`Building ${MODULE} with Go; once, and it takes some minutes.`)
  const folder = dirname(places.built)
  mkdirSync(folder, { recursive: true })
  const unfinished = mkdtempSync(join(folder, 'unfinished-'))
  try {
    const environment = { ...process.env, GOBIN: unfinished, CGO_ENABLED: '0', GOFLAGS: '-trimpath' }
    const { status } = spawnSync('go', ['install', '-ldflags=-s -w', MODULE], { stdio: 'inherit', env: environment })
    if (status !== 0) throw new Error(`Go could not build ${MODULE}: its reason stands above.`)
    renameSync(join(unfinished, 'k6'), places.built)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  const built = findK6(places)
  if (typeof built === 'string') throw new Error(built)
  return `k6 ${built.version} is built: ${built.path}`
}

try {
  console.log(setUp())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = EXIT_UNAVAILABLE
}
