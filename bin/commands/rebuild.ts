import { readRegistryLog, rebuildLedger, rebuildRegistry } from '@zuil/ingest'
import { archiveEnds, pipelineFolders, rebuildWarehouse } from '@zuil/pipeline'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { Progress } from '../progress.ts'
import { ledgerSource } from '../rebuild/ledger-source.ts'
import { installationSecrets } from '../secrets.ts'
import { type StoppedInstallation, withStoppedInstallation } from '../stopped-installation.ts'

export const rebuild: Command = {
  help: [
    'Usage: npm run zuil -- rebuild warehouse',
    '       npm run zuil -- rebuild redis [--force]',
    '',
    'warehouse  loads from the archive what the warehouse lacks, range by range, compared by content.',
    'redis      brings balances, limits, kept answers and positions back from the warehouse, and the registry from its log.',
    '           --force writes over a Redis that holds something.',
    '',
    'Stop Zuil first. Both may be interrupted and run again.',
    'Exit codes: 0 done, 2 wrong use, 3 it runs, or a part is missing.',
  ].join('\n'),
  async run(args) {
    const [what, ...options] = args
    const isKnown =
      (what === 'warehouse' && options.length === 0) || (what === 'redis' && options.every((option) => option === '--force'))
    if (!isKnown) throw new CommandError('Say what: npm run zuil -- rebuild warehouse, or rebuild redis [--force].', EXIT.usage)
    const settings = readSettings()
    const progress = new Progress()
    await withStoppedInstallation(settings, async (installation) => {
      await bringWarehouseUp(installation, settings, progress)
      if (what === 'redis') await bringRedisBack(installation, settings, { force: options.length > 0, progress })
    })
    return EXIT.ok
  },
}

/** Redis is rebuilt from the warehouse, so the warehouse has to hold all of the archive before. */
async function bringWarehouseUp(installation: StoppedInstallation, settings: Settings, progress: Progress): Promise<void> {
  const { ranges, rows } = await rebuildWarehouse({
    ...installation,
    idKey: installationSecrets(settings).idKey(),
    onProgress: (done) => progress.show(`${done.rangesDone} of ${done.ranges} ranges, ${done.rows} rows loaded`),
  })
  progress.end()
  say(`Warehouse: ${ranges} ranges compared with the archive, ${rows} rows loaded that were missing.`)
}

interface RedisOptions {
  readonly force: boolean
  readonly progress: Progress
}

async function bringRedisBack(installation: StoppedInstallation, settings: Settings, options: RedisOptions): Promise<void> {
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
