import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { claimDataFolder, requireDataFolder } from '../data-folder.ts'
import { openInstallationWarehouse } from '../hub/warehouse.ts'

export const migrate: Command = {
  help: [
    'Usage: npm run zuil -- migrate [--dry-run]',
    '',
    'Brings the schema of the warehouse up to date; --dry-run only says what would be done. The hub does this at each start.',
    'Stop Zuil first when the warehouse is the embedded one.',
    '',
    'Exit codes: 0 up to date, 2 wrong use, 3 it runs, or the warehouse cannot be reached.',
  ].join('\n'),
  async run(args) {
    if (args.some((arg) => arg !== '--dry-run')) throw new CommandError('zuil migrate takes --dry-run only.', EXIT.usage)
    const settings = readSettings()
    const dryRun = args.length > 0
    await requireDataFolder(settings.data)
    const release = settings.clickhouseUrl === '' ? await claimDataFolder(settings.data) : async () => undefined
    try {
      const warehouse = await openInstallationWarehouse(settings)
      try {
        const { applied, present } = await warehouse.migrate({ dryRun })
        for (const name of applied) say(`${dryRun ? 'to apply' : 'applied'}  ${name}`)
        say(`${applied.length} ${dryRun ? 'to apply' : 'applied'}, ${present.length} were there already.`)
      } finally {
        await warehouse.close()
      }
    } finally {
      await release()
    }
    return EXIT.ok
  },
}
