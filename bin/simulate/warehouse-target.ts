import type { History } from '@zuil/load-tests/population/history/history'
import { createRangeImport, ImportMismatchError } from '@zuil/pipeline'
import { CommandError, say } from '../command.ts'
import type { Settings } from '../config.ts'
import { Progress } from '../progress.ts'
import { bringRedisBack, bringWarehouseUp } from '../rebuild/bring-back.ts'
import { installationSecrets } from '../secrets.ts'
import type { StoppedInstallation } from '../stopped-installation.ts'
import { adoptRegistry } from './adopted-registry.ts'
import type { SimulationTarget } from './simulation-target.ts'

/**
 * A new installation that holds the history: archived and loaded range by range while it is told, balances and limits brought to Redis,
 * and everybody whom it names in the registry. What is archived stays when it is interrupted: the same command goes on behind it.
 */
export async function openWarehouseTarget(
  settings: Settings,
  installation: StoppedInstallation,
  history: History,
): Promise<SimulationTarget> {
  if (settings.lanes !== 1) throw new CommandError('A history is told to an installation with one lane: set ZUIL_LANES to 1.')
  const { archive, warehouse } = installation
  // what was archived before is loaded from there; the rest follows while it is told
  if ((await archive.lanes()).length > 0) await bringWarehouseUp(installation, settings, new Progress())
  const began = performance.now()
  const ranges = createRangeImport({ archive, warehouse, idKey: installationSecrets(settings).idKey() })
  return {
    async write({ records }) {
      try {
        await ranges.add(records)
      } catch (error) {
        throw explained(error, settings)
      }
    },
    async finish() {
      const archived = await ranges.finish().catch((error: unknown) => {
        throw explained(error, settings)
      })
      const [size, seconds] = [`${archived.ranges} ranges with ${archived.records} records`, (performance.now() - began) / 1_000]
      say(`Archive and warehouse: ${size} of ${history.world.people.count} holders, in ${seconds.toFixed(1)} s.`)
      const progress = new Progress()
      await bringRedisBack(installation, settings, { force: true, progress })
      await adoptRegistry(settings, installation, { history, progress })
    },
    async discard() {
      say('What was archived stays: the same command goes on behind it.')
    },
  }
}

function explained(error: unknown, { data }: Settings): unknown {
  if (!(error instanceof ImportMismatchError)) return error
  return new CommandError(`${data} holds something else (${error.message}): choose an empty folder with ZUIL_DATA.`)
}
