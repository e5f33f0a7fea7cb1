import { formatDay } from '@zuil/core'
import { History } from '@zuil/load-tests/population/history/history'
import { fileIdKey, transactionLine } from '@zuil/load-tests/population/history/transaction-line'
import { makeWorld, type World } from '@zuil/load-tests/population/world'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { Progress } from '../progress.ts'
import { parseOptions, type SimulateOptions } from '../simulate/options.ts'
import { openRowFile } from '../simulate/row-file.ts'

export const simulate: Command = {
  help: [
    'Usage: npm run zuil -- simulate --to <file> [options]',
    '',
    'Makes the history of a simulated population: transactions that obey every rule, in the order in which they were',
    'committed. The same options give the same bytes.',
    '',
    '  --to        a file that ends with .ndjson, .csv or .parquet: the rows of the table transactions',
    '  --seed      a number; another seed, another world (1)',
    '  --holders   passholders at the end of the last year (2000; Flanders has some 500000)',
    '  --years     one year or two as in 2024-2025 (2024-2025)',
    '  --regions   card systems, by number or part of a name, with commas in between (all)',
    '',
    'For example: npm run zuil -- simulate --seed 7 --holders 2000 --years 2024-2025 --to transactions.ndjson',
    '',
    'Exit codes: 0 done, 2 wrong use, 3 the file cannot be written.',
  ].join('\n'),
  async run(args) {
    const options = parseOptions(args)
    const world = worldOf(options)
    const started = performance.now()
    const transactions = await writeFile(world, options.to)
    const seconds = (performance.now() - started) / 1_000
    say(`${transactions} transactions of ${world.people.count} holders in ${seconds.toFixed(1)} s: ${options.to}`)
    return EXIT.ok
  },
}

function worldOf({ world }: SimulateOptions): World {
  try {
    return makeWorld(world)
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(`${error.message}.`, EXIT.usage)
    throw error
  }
}

/** Rows of transactions and voids; gives the number of transactions. */
async function writeFile(world: World, path: string): Promise<number> {
  const file = await openRowFile(path)
  const progress = new Progress()
  const idKey = fileIdKey(world.options.seed)
  let transactions = 0
  try {
    for (const { day, records } of new History(world).days()) {
      await file.write(records.flatMap((record) => transactionLine(record, idKey) ?? []))
      for (const { record } of records) if (record.kind === 'transaction') transactions += 1
      progress.show(`${formatDay(day)}: ${transactions} transactions`)
    }
    await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  } finally {
    progress.end()
  }
  return transactions
}
