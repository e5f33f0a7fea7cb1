import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const LOCK = {
  packages: { '': {}, 'node_modules/left': { version: '1.0.0' }, 'node_modules/right': { version: '2.0.0', optional: true } },
}
const INSTALLED = { packages: { 'node_modules/left': { version: '1.0.0' } } }

/** A checkout with nothing but prepare.mjs, and a path with nothing but the programs given as shell lines. */
class Checkout implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'zuil-prepare-'))

  constructor(programs: Record<string, string>) {
    this.write('package-lock.json', JSON.stringify(LOCK))
    mkdirSync(join(this.folder, 'bin'))
    copyFileSync(join(import.meta.dirname, '../prepare.mjs'), join(this.folder, 'bin/prepare.mjs'))
    for (const [name, line] of Object.entries(programs)) {
      this.write(`path/${name}`, `#!/bin/sh\n${line}\n`)
      chmodSync(join(this.folder, 'path', name), 0o755)
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  install(packages: unknown = INSTALLED): this {
    this.write('node_modules/.package-lock.json', JSON.stringify(packages))
    mkdirSync(join(this.folder, 'node_modules/.bin'), { recursive: true })
    symlinkSync(process.execPath, join(this.folder, 'node_modules/.bin/node'))
    return this
  }

  prepare(purpose: string, environment: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.folder, 'bin/prepare.mjs'), purpose], {
      env: { PATH: join(this.folder, 'path'), ...environment },
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const REDIS_7 = 'echo "Redis server v=7.0.15 sha=00000000:0"'

test('when everything is there it says nothing', () => {
  using checkout = new Checkout({ 'redis-server': REDIS_7, chromium: 'true' }).install()
  expect(checkout.prepare('start')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(checkout.prepare('test')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('missing packages are installed with npm ci, and it says why', () => {
  const installed = `/bin/mkdir -p node_modules/.bin && /bin/ln -s ${process.execPath} node_modules/.bin/node`
  using checkout = new Checkout({
    'redis-server': REDIS_7,
    npm: `[ "$1" = ci ] && ${installed} && echo '${JSON.stringify(INSTALLED)}' > node_modules/.package-lock.json`,
  })
  const { status, stdout } = checkout.prepare('start')
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'zuil: Installing npm packages (node_modules is missing or incomplete). The first time this takes a minute or two.\n',
  })
})

test('a package of another version than the lock file is noticed', () => {
  using checkout = new Checkout({ 'redis-server': REDIS_7, npm: 'exit 1' })
  checkout.install({ packages: { 'node_modules/left': { version: '0.9.0' } } })
  expect(checkout.prepare('start').stdout).toContain('node_modules/left is 0.9.0, wanted 1.0.0')
})

test('an npm ci that fails ends in one sentence and exit code 1', () => {
  using checkout = new Checkout({ 'redis-server': REDIS_7, npm: 'exit 7' })
  const { status, stderr } = checkout.prepare('start')
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "zuil: npm ci did not succeed (exit code 7): check the network and the folder's rights, then start again.\n",
  })
})

test('without redis-server a start ends with what to install', () => {
  using checkout = new Checkout({}).install()
  const { status, stderr } = checkout.prepare('start')
  expect(status).toBe(1)
  expect(stderr).toMatch(/^zuil: redis-server is not installed: .*(apt-get|brew) install .*ZUIL_REDIS_URL.*\n$/)
})

test('a Redis that is too old is named with its version', () => {
  using checkout = new Checkout({ 'redis-server': 'echo "Redis server v=6.0.16 sha=00000000:0"' }).install()
  expect(checkout.prepare('start').stderr).toContain('redis-server is too old (6.0.16): Zuil needs Redis 7 or newer.')
})

test('with a Redis of your own none needs to be installed', () => {
  using checkout = new Checkout({}).install()
  expect(checkout.prepare('start', { ZUIL_REDIS_URL: 'redis://db:6379' })).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('tests run without redis-server and chromium, after it said what is skipped', () => {
  using checkout = new Checkout({}).install()
  const { status, stdout, stderr } = checkout.prepare('test')
  expect({ status, stderr, lines: stdout.trim().split('\n').length }).toEqual({ status: 0, stderr: '', lines: 2 })
  expect(stdout).toMatch(/redis-server .*Tests that need it are skipped\.\n.*Chromium .*browser tests are skipped/)
})

test('the dashboard is built when its sources changed, and not again', () => {
  using checkout = new Checkout({ 'redis-server': REDIS_7, npm: '/bin/mkdir -p dashboard/build' }).install()
  checkout.write('dashboard/package.json', JSON.stringify({ scripts: { build: 'vite build' } }))
  checkout.write('core/src/index.ts', '')
  checkout.write('warehouse/src/index.ts', '')
  expect(checkout.prepare('start').stdout).toBe('zuil: Building the dashboard.\n')
  expect(checkout.prepare('start').stdout).toBe('')
  checkout.write('core/src/index.ts', 'export {}')
  expect(checkout.prepare('start').stdout).toBe('zuil: Building the dashboard.\n')
})

test('a dashboard that cannot be built ends with the last lines of the build', () => {
  using checkout = new Checkout({ 'redis-server': REDIS_7, npm: 'echo "no such component"; exit 1' }).install()
  checkout.write('dashboard/package.json', JSON.stringify({ scripts: { build: 'vite build' } }))
  checkout.write('core/src/index.ts', '')
  checkout.write('warehouse/src/index.ts', '')
  expect(checkout.prepare('start')).toMatchObject({
    status: 1,
    stderr: 'zuil: The dashboard could not be built (exit code 1):\nno such component\n',
  })
})
