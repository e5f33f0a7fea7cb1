/**
 * What must be there before anything else can run: npm packages, redis-server, for tests a Chromium, and the built dashboard.
 * Runs as npm's "pre" script on whatever Node the machine has (20 or newer), so it is plain JavaScript and imports nothing but Node.
 * Says nothing when nothing is to be done; otherwise one line per step. Exit code 1 with one sentence when it cannot go on.
 *
 * Usage: node bin/prepare.mjs start | test
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NODE_MAJOR_MIN = 20
/** redis.conf of `zuil start` has directives that Redis 6 refuses. */
const REDIS_MAJOR_MIN = 7
const INSTALL_TIMEOUT_MS = 15 * 60_000
const BUILD_TIMEOUT_MS = 5 * 60_000
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const CHROME_ON_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
/** Folders whose files end up in the built dashboard; core and warehouse are bundled into it. */
const DASHBOARD_SOURCES = ['dashboard', 'core/src', 'warehouse/src']
const POLICY_FILE = '/usr/sbin/policy-rc.d'

class CannotPrepare extends Error {}

function main(purpose) {
  if (purpose !== 'start' && purpose !== 'test') throw new CannotPrepare('Usage: node bin/prepare.mjs start | test.')
  checkPlatform()
  installPackages()
  const redis = redisProblem()
  if (redis && (purpose === 'test' || !process.env.ZUIL_REDIS_URL)) provideRedis(redis, purpose)
  if (purpose === 'test' && !hasChromium()) provideChromium()
  buildDashboard()
}

function checkPlatform() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < NODE_MAJOR_MIN) {
    throw new CannotPrepare(
      `This is Node ${process.versions.node}; Zuil needs Node ${NODE_MAJOR_MIN} or newer to install its own.`,
    )
  }
  if (process.platform === 'darwin') return
  if (process.platform !== 'linux') {
    throw new CannotPrepare(`Zuil runs on Linux and macOS, not on ${process.platform}; on Windows use it inside WSL 2.`)
  }
  if (!isGlibc()) {
    throw new CannotPrepare(
      'Zuil needs a Linux with glibc (Debian, Ubuntu …): the embedded ClickHouse does not exist for musl (Alpine).',
    )
  }
}

function isGlibc() {
  // Without this the report looks up the name of every open connection.
  process.report.excludeNetwork = true
  return Boolean(process.report.getReport().header.glibcVersionRuntime)
}

function installPackages() {
  const reason = packagesProblem()
  if (!reason) return
  say(`Installing npm packages (${reason}). The first time this takes a minute or two.`)
  const ended = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { timeout: INSTALL_TIMEOUT_MS, stdio: 'inherit' })
  if (ended.status !== 0) {
    throw new CannotPrepare(
      `npm ci did not succeed (${outcome(ended)}): check the network and the folder's rights, then start again.`,
    )
  }
  const left = packagesProblem()
  if (left) throw new CannotPrepare(`npm ci ended without an error, yet ${left}: run "npm ci" by hand to see why.`)
}

/** Why the packages in node_modules are not those of package-lock.json; empty when they are. */
function packagesProblem() {
  const wanted = readJson('package-lock.json')
  const present = readJson('node_modules/.package-lock.json')
  if (!wanted) throw new CannotPrepare('package-lock.json is missing or broken: get it back from the repository.')
  if (!present) return 'node_modules is missing or incomplete'
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue
    const found = present.packages[path]
    if (!found && !entry.optional && !entry.devOptional && !entry.peer) return `${path} is missing`
    if (found && found.version !== entry.version) return `${path} is ${found.version}, wanted ${entry.version}`
  }
  const node = spawnSync(join(ROOT, 'node_modules/.bin/node'), ['--version'], { encoding: 'utf8' })
  return node.status === 0 ? '' : 'node_modules/.bin/node does not run'
}

/** What is wrong with redis-server on this machine; empty when it will do. */
function redisProblem() {
  const answer = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  if (answer.status !== 0) return 'redis-server is not installed'
  const version = /v=(\d+)\.\S+/.exec(answer.stdout)
  if (version && Number(version[1]) >= REDIS_MAJOR_MIN) return ''
  return `redis-server is too old (${version ? version[0].slice(2) : 'unknown version'})`
}

function provideRedis(problem, purpose) {
  if (problem.includes('not installed') && mayUseApt()) {
    say('Installing redis-server with apt-get. Zuil starts its own on a port of its own; the system service stays off.')
    if (installWithoutStarting('redis-server')) {
      disableService('redis-server')
      if (!redisProblem()) return
    }
  }
  const advice = `${redisProblem() || problem}: Zuil needs Redis ${REDIS_MAJOR_MIN} or newer. ${redisAdvice()}`
  if (purpose === 'start') throw new CannotPrepare(`${advice} Or set ZUIL_REDIS_URL to a server of your own.`)
  say(`${advice} Tests that need it are skipped.`)
}

function redisAdvice() {
  return process.platform === 'darwin'
    ? 'Install it with "brew install redis".'
    : 'Install it as root with "apt-get install redis-server" (Debian 12, Ubuntu 24.04 or newer), then "systemctl disable --now redis-server".'
}

function hasChromium() {
  return CHROMIUM_NAMES.some(isOnPath) || existsSync(CHROME_ON_MAC)
}

function provideChromium() {
  // Ubuntu's package of this name is a snap, which does not run everywhere.
  if (mayUseApt() && !isUbuntu()) {
    say('Installing chromium with apt-get, for the browser tests.')
    if (installWithoutStarting('chromium') && hasChromium()) return
  }
  say('Chromium is not installed, so the browser tests are skipped: install chromium or Google Chrome to run them.')
}

function mayUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && isOnPath('apt-get')
}

function isUbuntu() {
  return existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** apt-get install that starts no service: Debian asks policy-rc.d, and 101 means "not allowed". Gives whether it succeeded. */
function installWithoutStarting(name) {
  const isOurs = !existsSync(POLICY_FILE)
  const forget = () => isOurs && rmSync(POLICY_FILE, { force: true })
  process.once('exit', forget)
  try {
    if (isOurs) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    return aptGet(['update']) && aptGet(['install', '--yes', '--no-install-recommends', name])
  } finally {
    forget()
    process.off('exit', forget)
  }
}

function aptGet(args) {
  const ended = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  })
  if (ended.status === 0) return true
  const reason = `${ended.stderr ?? ''}`.trim().split('\n').at(-1)
  say(`apt-get ${args.join(' ')} did not succeed (${outcome(ended)})${reason ? `: ${reason}` : ''}`)
  return false
}

/** Keeps the package's own service off after the next boot; without systemd there is nothing to disable. */
function disableService(name) {
  if (isOnPath('systemctl')) spawnSync('systemctl', ['disable', name], { stdio: 'ignore' })
}

function buildDashboard() {
  const build = readJson('dashboard/package.json')?.scripts?.build
  if (!build) return
  const stamp = join(ROOT, 'dashboard/build/.sources')
  const sources = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  say('Building the dashboard.')
  const ended = npm(['run', 'build', '-w', '@zuil/dashboard', '--loglevel=error'], {
    timeout: BUILD_TIMEOUT_MS,
    encoding: 'utf8',
  })
  if (ended.status !== 0) {
    const lines = `${ended.stdout ?? ''}${ended.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n')
    throw new CannotPrepare(`The dashboard could not be built (${outcome(ended)}):\n${lines}`)
  }
  writeFileSync(stamp, sources)
}

function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of DASHBOARD_SOURCES) addFolder(hash, folder)
  return hash.digest('hex')
}

function addFolder(hash, folder) {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (['node_modules', 'build', '.svelte-kit', 'test', 'README.md'].includes(entry.name)) continue
    if (entry.isDirectory()) addFolder(hash, path)
    else hash.update(path).update(readFileSync(join(ROOT, path)))
  }
}

function npm(args, options) {
  // npm names itself and its Node; the `node` on the path may lie in the node_modules that npm ci replaces.
  const script = process.env.npm_execpath
  const [command, ...before] = script ? [process.env.npm_node_execpath ?? process.execPath, script] : ['npm']
  return spawnSync(command, [...before, ...args], { cwd: ROOT, ...options })
}

function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, name)))
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false // absent or not ours to run: both mean no
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  } catch {
    return undefined // absent or broken: the caller says what that means
  }
}

function outcome(ended) {
  if (ended.error) return ended.error.code === 'ETIMEDOUT' ? 'it took too long' : ended.error.message
  return ended.signal ? `stopped by ${ended.signal}` : `exit code ${ended.status}`
}

function say(line) {
  process.stdout.write(`zuil: ${line}\n`)
}

try {
  main(process.argv[2])
} catch (error) {
  process.stderr.write(`zuil: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
