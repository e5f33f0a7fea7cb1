import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { childrenOf } from '../children.ts'
import { readSettings, type Settings } from '../config.ts'
import { rewriteWhenQuiet } from '../quiet-rewrite.ts'
import { keepRedis, startRedis, stopRedis, waitUntilReady } from '../redis-process.ts'
import { rewriteBehind } from '../rewrite-behind.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'
import { commandOf } from './command-of.ts'
import { freePort } from './free-port.ts'

const ANSWERS_WITHIN_MS = 10_000
const POLL = { timeout: ANSWERS_WITHIN_MS, interval: 1 }
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
/** Policies of the scheduler. */
const [SCHED_OTHER, SCHED_IDLE] = [0, 5]

function policyOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // the 41st field; the second one, a name, may have spaces
  return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[39])
}

const canLook = process.platform === 'linux' && hasRedis

describe.skipIf(!canLook && process.env.CI !== 'true')('the Redis of an installation (needs redis-server and /proc)', () => {
  let settings: Settings
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zuil-redis-'))
    settings = readSettings({ ZUIL_DATA: folder, ZUIL_REDIS_PORT: String(await freePort()) })
  })
  afterEach(() => rmSync(settings.data, { recursive: true, force: true }))

  /** Stopped at the end, also of a test that fails. */
  async function keep(options?: Parameters<typeof keepRedis>[1]): Promise<Awaited<ReturnType<typeof keepRedis>>> {
    const kept = await keepRedis(settings, options)
    onTestFinished(() => kept.stop())
    return kept
  }

  const server = () => childrenOf(process.pid).find((child) => commandOf(child).includes('redis-server')) ?? 0
  /** Kills the server and waits until the next one is there, which does not answer yet. */
  async function replaceServer(): Promise<void> {
    const killed = server()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => [0, killed].includes(server()), POLL).toBe(false)
  }

  test('is tried for as long as the disk does not let it start', async () => {
    const troubles: string[] = []
    await keep({ onTrouble: (text) => troubles.push(text), restartAfterMs: 1 })
    const file = join(settings.data, 'redis', 'redis.conf')
    rmSync(file)
    // in place of a disk that is full: the configuration cannot be written either
    mkdirSync(file)
    process.kill(server(), 'SIGKILL')
    await expect.poll(() => troubles.length, POLL).toBeGreaterThan(8)
    rmdirSync(file)
    await waitUntilReady(settings.redisUrl, ANSWERS_WITHIN_MS)
    expect(troubles[1]).toContain('It is tried again')
  })

  test('does not come back with nothing when what it held is gone', async () => {
    const troubles: string[] = []
    let isLost = false
    const onLost = () => {
      isLost = true
    }
    const kept = await keep({ onTrouble: (text) => troubles.push(text), onLost, restartAfterMs: 1 })
    rmSync(join(settings.data, 'redis'), { recursive: true })
    process.kill(server(), 'SIGKILL')
    await expect.poll(() => isLost, POLL).toBe(true)
    await kept.stop()
    expect([server(), troubles.at(-1)]).toEqual([0, expect.stringContaining('zuil -- rebuild redis')])
  })

  test('comes back when it is killed, also when it is killed again before it answers', async () => {
    const kept = await keep()
    await replaceServer()
    await replaceServer()
    await waitUntilReady(settings.redisUrl, ANSWERS_WITHIN_MS)
    await kept.stop()
    expect(server()).toBe(0)
  })

  test('is not left behind by a stop while it comes back', async () => {
    const kept = await keep()
    await replaceServer()
    await kept.stop()
    expect(server()).toBe(0)
  })

  test('rewrites its file once that has grown and nothing is written any more', async () => {
    await keep()
    const redis = new Redis(settings.redisUrl)
    const text = 'x'.repeat(35_000_000)
    for (let time = 0; time < 2; time++) await redis.set('text', text)
    const rewriting = rewriteWhenQuiet(settings.redisUrl, { lookEveryMs: 10 })
    try {
      await expect.poll(() => redis.info('persistence'), POLL).toMatch(/aof_rewrites:1\r/)
    } finally {
      rewriting.stop()
      redis.disconnect()
    }
  })

  test('has its file rewritten by a process that takes what nobody else wants of the processor', async () => {
    await keep()
    const redis = new Redis(settings.redisUrl)
    onTestFinished(() => redis.disconnect())
    await redis.mset(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key-${index}`, 'x'])))
    // each key takes the rewrite ten milliseconds, so that it can be looked at
    await redis.config('SET', 'rdb-key-save-delay', '10000')
    await redis.bgrewriteaof()
    await expect.poll(() => childrenOf(server()).map(policyOf), POLL).toEqual([SCHED_IDLE])
    expect(policyOf(server())).toBe(SCHED_OTHER)
  })

  test('does not leave the rewrite behind for ever', async (context) => {
    context.skip(
      process.getuid?.() !== 0 && process.env.CI !== 'true',
      'it takes root, or a limit for nice values, to come forward',
    )
    const kept = await startRedis(settings, () => undefined)
    onTestFinished(() => stopRedis(kept))
    rewriteBehind(kept, { behindMsMax: 300 })
    const redis = new Redis(settings.redisUrl)
    onTestFinished(() => redis.disconnect())
    await redis.mset(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key-${index}`, 'x'])))
    await redis.config('SET', 'rdb-key-save-delay', '10000')
    await redis.bgrewriteaof()
    const policies = () => childrenOf(server()).map(policyOf)
    await expect.poll(policies, POLL).toEqual([SCHED_IDLE])
    await expect.poll(policies, POLL).toEqual([SCHED_OTHER])
  })

  test('is never another one that answers on its port', async () => {
    await keep()
    const other = { ...settings, data: join(settings.data, 'other') }
    await expect(startRedis(other, () => undefined)).rejects.toThrow(/Another Redis answers|redis-server stopped at once/)
    await expect(withStoppedInstallation(other, async () => undefined, { mayBeNew: true })).rejects.toThrow(
      `Port ${settings.redisPort} (Redis) is in use by another program`,
    )
    await expect(withStoppedInstallation(other, async () => undefined)).rejects.toThrow('There is no installation in')
  })
})
