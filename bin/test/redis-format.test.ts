import { type ChildProcess, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FORMAT_KEY, laneKeys, REDIS_FORMAT } from '@zuil/core/contracts/redis-keys'
import { encodeRegistryLogEntry } from '@zuil/core/contracts/registry-log'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSettings } from '../config.ts'
import { hasLostRedis } from '../lost-redis.ts'
import { requireRedisFormat } from '../redis-format.ts'
import { startRedis, stopRedis } from '../redis-process.ts'
import { freePort } from './free-port.ts'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe.skipIf(!hasRedis && process.env.CI !== 'true')('the format of what Redis holds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zuil-format-'))
  let settings: ReturnType<typeof readSettings>
  let server: ChildProcess
  let redis: Redis

  beforeAll(async () => {
    settings = readSettings({ ZUIL_DATA: folder, ZUIL_REDIS_PORT: String(await freePort()) })
    server = await startRedis(settings, () => undefined)
    redis = new Redis(settings.redisUrl)
  })
  afterAll(async () => {
    redis.disconnect()
    await stopRedis(server)
    rmSync(folder, { recursive: true, force: true })
  })

  test('is marked in an empty Redis, and accepted from then on', async () => {
    await requireRedisFormat(settings)
    expect(await redis.get(FORMAT_KEY)).toBe(String(REDIS_FORMAT))
    await redis.set(laneKeys(0).registryVersion, 1)
    await expect(requireRedisFormat(settings)).resolves.toBeUndefined()
  })

  test('is that of nothing when it was emptied while Zuil ran: a rebuild goes on with it, and nobody else', async () => {
    await redis.flushall()
    await redis.xadd(laneKeys(0).journal, '*', 'r', 'counts of refusals')
    await expect(requireRedisFormat(settings)).rejects.toThrow('zuil -- rebuild redis --force')
    const log = join(folder, 'registry-log', '0')
    mkdirSync(log, { recursive: true })
    expect(await hasLostRedis(settings)).toBe(false)
    const entries = [1, 2, 3].map((version) => encodeRegistryLogEntry({ version, kind: 'touch', key: 'x', ciphertext: '' }))
    writeFileSync(join(log, '00000001.log'), `${entries.join('\n')}\n`)
    expect(await hasLostRedis(settings)).toBe(true)
    // somebody was put before it was noticed
    await redis.set(laneKeys(0).registryVersion, 2)
    await expect(requireRedisFormat(settings)).rejects.toThrow('zuil -- rebuild redis --force')
    await requireRedisFormat(settings, { mayBeEmptied: true })
    expect([await redis.keys('*'), await redis.get(FORMAT_KEY)]).toEqual([[FORMAT_KEY], String(REDIS_FORMAT)])
    rmSync(log, { recursive: true })
  })

  test('is refused with the way out when another version wrote it', async () => {
    await redis.set(laneKeys(0).registryVersion, 1)
    await redis.del(FORMAT_KEY)
    await expect(requireRedisFormat(settings)).rejects.toThrow('Redis holds data in format 1')
    await redis.set(FORMAT_KEY, REDIS_FORMAT + 1)
    await expect(requireRedisFormat(settings)).rejects.toThrow('zuil -- rebuild redis')
  })
})
