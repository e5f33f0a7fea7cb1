import { readRegistryLog, rebuildLedger, rebuildRegistry } from '@zuil/ingest'
import { archiveEnds, pipelineFolders, rebuildWarehouse } from '@zuil/pipeline'
import { say } from '../command.ts'
import type { Settings } from '../config.ts'
import { settlementDesk } from '../hub/settlements.ts'
import type { Progress } from '../progress.ts'
import { installationSecrets } from '../secrets.ts'
import type { StoppedInstallation } from '../stopped-installation.ts'
import { ledgerSource } from './ledger-source.ts'

/** Redis is rebuilt from the warehouse, so the warehouse has to hold all of the archive before. */
export async function bringWarehouseUp(installation: StoppedInstallation, settings: Settings, progress: Progress): Promise<void> {
  const { ranges, rows } = await rebuildWarehouse({
    ...installation,
    idKey: installationSecrets(settings).idKey(),
    onProgress: (done) => progress.show(`${done.rangesDone} of ${done.ranges} ranges, ${done.rows} rows loaded`),
  })
  progress.end()
  const closings = await settlementDesk(installation.warehouse, settings.data, () => 0).bringUp()
  say(`Warehouse: ${ranges} ranges compared with the archive, ${rows} rows loaded that were missing.`)
  if (closings > 0) say(`Settlements: ${closings} closed periods copied from their record.`)
}

export interface RedisOptions {
  readonly force: boolean
  readonly progress: Progress
}

export async function bringRedisBack(
  installation: StoppedInstallation,
  settings: Settings,
  options: RedisOptions,
): Promise<void> {
  const { redis, warehouse, archive } = installation
  const { force, progress } = options
  const { lanes } = settings
  const secrets = installationSecrets(settings)
  const folder = pipelineFolders(settings.data).registryLog
  const entries = await rebuildRegistry({
    redis,
    lanes,
    secrets,
    force,
    log: (lane) => readRegistryLog(folder, lane),
    onProgress: (done) => progress.show(`${done} registry entries`),
  })
  progress.end()
  say(`Registry: ${entries} changes brought back.`)
  const now = Date.now()
  const source = ledgerSource({ warehouse, ends: await archiveEnds(archive, lanes), idKey: secrets.idKey(), now })
  const restored = await rebuildLedger(source, {
    redis,
    lanes,
    now: () => now,
    force,
    onProgress: (done) => progress.show(`${done.counters} balances and limits, ${done.requests} answers`),
  })
  progress.end()
  say(`Redis: ${restored.counters} balances and limits and ${restored.requests} kept answers brought back.`)
}
