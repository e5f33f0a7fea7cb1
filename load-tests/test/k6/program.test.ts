import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findK6, k6Places } from '../../k6/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'zuil-k6-program-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A program that says which version it is. */
function program(name: string, version: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\necho "k6 v${version} (go1.26, linux/amd64)"\n`)
  chmodSync(path, 0o755)
  return path
}

test('K6_BIN counts before anything else, and says so when it is none', () => {
  const named = program('named', '1.8.1')
  expect(findK6({ named, built: '' })).toEqual({ path: named, version: '1.8.1' })
  expect(findK6({ named: join(folder, 'nothing'), built: named })).toBe(
    `K6_BIN is ${join(folder, 'nothing')}, which is no k6 of version 1 or newer.`,
  )
  expect(findK6({ named: program('old', '0.49.0'), built: '' })).toContain('no k6 of version 1')
})

test('the build is kept in the cache of the user, by version', () => {
  expect(k6Places({ XDG_CACHE_HOME: '/cache' })).toEqual({ named: '', built: '/cache/zuil/k6-1.8.1/k6' })
})
