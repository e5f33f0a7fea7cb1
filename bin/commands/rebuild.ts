import { type Command, CommandError, EXIT } from '../command.ts'
import { readSettings } from '../config.ts'
import { Progress } from '../progress.ts'
import { bringRedisBack, bringWarehouseUp } from '../rebuild/bring-back.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

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
    const force = options.length > 0
    await withStoppedInstallation(
      settings,
      async (installation) => {
        await bringWarehouseUp(installation, settings, progress)
        if (what === 'redis') await bringRedisBack(installation, settings, { force, progress })
      },
      { mayBeEmptied: force },
    )
    return EXIT.ok
  },
}
