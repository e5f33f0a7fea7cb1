import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { decodeRegistryLogEntry } from '@zuil/core/contracts/registry-log'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { createRegistryLog, noFault } from '../../src/index.ts'
import { hasRedis, RedisServer } from '../fixtures/redis-server.ts'

const { registry } = laneKeys(0)
const MINUTES_LATER = 120_000

async function change(redis: Redis, versions: readonly number[]): Promise<void> {
  for (const version of versions)
    await redis.xadd(registry, '*', 'version', version, 'kind', 'events', 'key', `e${version}`, 'ciphertext', 'AQ==')
}

function versionsIn(folder: string): number[] {
  const text = readFileSync(join(folder, '0', '00000001.log'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => decodeRegistryLogEntry(line).version)
}

async function withRegistry(work: (redis: Redis, folder: string) => Promise<void>): Promise<void> {
  await using server = await RedisServer.start()
  const folder = mkdtempSync(join(tmpdir(), 'zuil-registry-log-'))
  await work(server.connect(), folder).finally(() => rmSync(folder, { recursive: true }))
}

test.skipIf(!hasRedis)('changes are copied once, in order, and leave the stream a minute later', async () => {
  await withRegistry(async (redis, folder) => {
    await change(redis, [1, 2, 3])
    let now = Date.now()
    const log = createRegistryLog({ redis, folder, clock: () => now, fault: noFault })
    expect([await log.copy(0), await log.copy(0), await redis.xlen(registry)]).toEqual([3, 0, 3])
    await change(redis, [4])
    now += MINUTES_LATER
    expect([await log.copy(0), versionsIn(folder)]).toEqual([1, [1, 2, 3, 4]])
    expect(await redis.xlen(registry)).toBeLessThanOrEqual(1)
  })
})

test.skipIf(!hasRedis)('a new process goes on after the last whole line', async () => {
  await withRegistry(async (redis, folder) => {
    await change(redis, [1, 2])
    await createRegistryLog({ redis, folder, clock: Date.now, fault: noFault }).copy(0)
    appendFileSync(join(folder, '0', '00000001.log'), '{"version":3,"ki')
    await change(redis, [3])
    expect(await createRegistryLog({ redis, folder, clock: Date.now, fault: noFault }).copy(0)).toBe(1)
    expect(versionsIn(folder)).toEqual([1, 2, 3])
  })
})

test.skipIf(!hasRedis)('a stream that does not continue the log is refused, and nothing is trimmed', async () => {
  await withRegistry(async (redis, folder) => {
    await change(redis, [1, 4])
    const log = createRegistryLog({ redis, folder, clock: () => Date.now() + MINUTES_LATER, fault: noFault })
    await change(redis, [9])
    await redis.xdel(registry, (await redis.xrange(registry, '-', '+', 'COUNT', 1))[0]?.[0] ?? '')
    await expect(log.copy(0)).rejects.toMatchObject({ code: 'registry-log-gap' })
    expect(await redis.xlen(registry)).toBe(2)
  })
})
