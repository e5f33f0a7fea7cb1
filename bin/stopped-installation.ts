import { type Archive, type DeadLetters, openArchive, openDeadLetters, pipelineFolders } from '@zuil/pipeline'
import type { Warehouse } from '@zuil/warehouse'
import { Redis } from 'ioredis'
import type { Settings } from './config.ts'
import { claimDataFolder, requireDataFolder, requireInstallation } from './data-folder.ts'
import { openInstallationWarehouse } from './hub/warehouse.ts'
import { requireFreePort } from './port.ts'
import { requireRedisFormat } from './redis-format.ts'
import { startRedis, stopLeftOver, stopRedis, waitUntilReady } from './redis-process.ts'

/** The parts of an installation that nobody else uses meanwhile. */
export interface StoppedInstallation {
  readonly redis: Redis
  readonly warehouse: Warehouse
  readonly archive: Archive
  readonly deadLetters: DeadLetters
}

const REDIS_WITHIN_MS = 120_000

/**
 * Opens an installation that does not run, for a command that needs it to itself: claims the folder, starts the embedded
 * Redis, migrates the warehouse; closes all of it afterwards. One that was never started is made when it `mayBeNew`; one whose Redis
 * was emptied while it ran is opened when it `mayBeEmptied`.
 * @throws {CommandError} when it runs, is not there, or a part cannot be opened
 */
export async function withStoppedInstallation<Result>(
  settings: Settings,
  work: (installation: StoppedInstallation) => Promise<Result>,
  { mayBeNew = false, mayBeEmptied = false }: { readonly mayBeNew?: boolean; readonly mayBeEmptied?: boolean } = {},
): Promise<Result> {
  const closers: (() => Promise<unknown>)[] = []
  try {
    if (!mayBeNew) await requireInstallation(settings.data)
    await requireDataFolder(settings.data)
    closers.unshift(await claimDataFolder(settings.data))
    if (settings.embeddedRedis) {
      await stopLeftOver(settings)
      await requireFreePort('127.0.0.1', settings.redisPort, { name: 'Redis', setting: 'ZUIL_REDIS_PORT' })
      const server = await startRedis(settings, () => undefined)
      closers.unshift(() => stopRedis(server))
    }
    await waitUntilReady(settings.redisUrl, REDIS_WITHIN_MS)
    await requireRedisFormat(settings, { mayBeEmptied })
    const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: 1 })
    closers.unshift(async () => redis.disconnect())
    const warehouse = await openInstallationWarehouse(settings)
    closers.unshift(() => warehouse.close())
    await warehouse.migrate()
    const folders = pipelineFolders(settings.data)
    const archive = openArchive(folders.archive)
    return await work({ redis, warehouse, archive, deadLetters: openDeadLetters(folders.deadLetters) })
  } finally {
    for (const close of closers) await close()
  }
}
