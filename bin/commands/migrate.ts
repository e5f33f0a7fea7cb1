import { grantReaderAccess, READER_ROLE, readerAccess, type Warehouse } from '@zuil/warehouse'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { claimDataFolder, requireDataFolder } from '../data-folder.ts'
import { openInstallationWarehouse } from '../hub/warehouse.ts'

export const migrate: Command = {
  help: [
    'Usage: npm run zuil -- migrate [--dry-run] [--access]',
    '',
    'Brings the schema of the warehouse up to date; --dry-run only says what would be done. The hub does this at each start.',
    'Stop Zuil first when the warehouse is the embedded one.',
    '',
    `--access  on a ClickHouse server: makes the role ${READER_ROLE} too, or brings it up to date. It reads what is published and nothing`,
    '          else (docs/publication.md). The account of ZUIL_CLICKHOUSE_URL needs the right to manage access.',
    '',
    'Exit codes: 0 up to date, 2 wrong use, 3 it runs, or the warehouse cannot be reached.',
  ].join('\n'),
  async run(args) {
    const unknown = args.find((arg) => arg !== '--dry-run' && arg !== '--access')
    if (unknown !== undefined) throw new CommandError('zuil migrate takes --dry-run and --access only.', EXIT.usage)
    const settings = readSettings()
    const [dryRun, withAccess] = [args.includes('--dry-run'), args.includes('--access')]
    if (withAccess && settings.clickhouseUrl === '')
      throw new CommandError(
        'The embedded warehouse has no roles: --access is for a ClickHouse server (ZUIL_CLICKHOUSE_URL).',
        EXIT.usage,
      )
    await requireDataFolder(settings.data)
    const release = settings.clickhouseUrl === '' ? await claimDataFolder(settings.data) : async () => undefined
    try {
      const warehouse = await openInstallationWarehouse(settings)
      try {
        const { applied, present } = await warehouse.migrate({ dryRun })
        for (const name of applied) say(`${dryRun ? 'to apply' : 'applied'}  ${name}`)
        say(`${applied.length} ${dryRun ? 'to apply' : 'applied'}, ${present.length} were there already.`)
        if (withAccess) await makeAccess(warehouse, settings.clickhouseDatabase, dryRun)
      } finally {
        await warehouse.close()
      }
    } finally {
      await release()
    }
    return EXIT.ok
  },
}

async function makeAccess(warehouse: Warehouse, database: string, dryRun: boolean): Promise<void> {
  const statements = dryRun ? readerAccess(database) : await grantReaderAccess(warehouse, database)
  if (dryRun) for (const statement of statements) say(`to apply  ${statement}`)
  else say(`The role ${READER_ROLE} reads what is published, and nothing else.`)
}
