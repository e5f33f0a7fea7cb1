import { fileIdKey, transactionLine } from '@zuil/load-tests/population/history/transaction-line'
import type { World } from '@zuil/load-tests/population/world'
import { openRowFile } from './row-file.ts'
import type { SimulationTarget } from './simulation-target.ts'

/** A file with the rows of transactions and of their voids. @throws {CommandError} as {@link openRowFile} */
export async function openFileTarget(path: string, world: World): Promise<SimulationTarget> {
  const file = await openRowFile(path)
  const idKey = fileIdKey(world.options.seed)
  return {
    write: ({ records }) => file.write(records.flatMap((record) => transactionLine(record, idKey) ?? [])),
    finish: () => file.finish(),
    discard: () => file.discard(),
  }
}
