import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDay } from '@zuil/core'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { refusalRows } from '@zuil/core/contracts/refusal-row'
import { History, type HistoryDay } from '@zuil/load-tests/population/history/history'
import type { HistoryRecord } from '@zuil/load-tests/population/history/record'
import { fileIdKey, transactionLine } from '@zuil/load-tests/population/history/transaction-line'
import { makeWorld, type World } from '@zuil/load-tests/population/world'
import { openWarehouse, type TableName, type Warehouse } from '@zuil/warehouse'

/** Rows of one insert. */
const ROWS_AT_ONCE = 20_000
const MEMORY_BYTES_MAX = 2_000_000_000
const RANGE = { range: 0 } as const

export interface ToldWarehouse extends AsyncDisposable {
  readonly warehouse: Warehouse
  readonly world: World
}

interface Telling {
  readonly seed: number
  readonly holders: number
  /** Days, `yyyy-mm-dd`; the second is the first day after it. */
  readonly from: string
  readonly until: string
  readonly regions: readonly string[]
  /** Is shown the history, and gives what sees each of its days. */
  readonly watch?: (history: History) => (day: HistoryDay) => void
}

/** A warehouse in a folder of its own that holds the history of a small population, as if the pipeline had loaded it. */
export async function toldWarehouse({ seed, holders, from, until, regions, watch }: Telling): Promise<ToldWarehouse> {
  const world = makeWorld({ seed, holders, from: parseDay(from) ?? 0, until: parseDay(until) ?? 0, regions })
  const folder = await mkdtemp(join(tmpdir(), 'zuil-measures-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: join(folder, 'warehouse'), memoryBytesMax: MEMORY_BYTES_MAX })
  await warehouse.migrate()
  const rows = new Rows(warehouse)
  const idKey = fileIdKey(seed)
  const history = new History(world)
  const see = watch?.(history)
  for (const day of history.days()) {
    see?.(day)
    for (const record of day.records) {
      const line = transactionLine(record, idKey)
      if (line !== undefined) rows.add('transactions', line)
      for (const { table, line: other } of otherRowsOf(record)) rows.add(table, other)
    }
    await rows.flush(ROWS_AT_ONCE)
  }
  await rows.flush(1)
  return {
    warehouse,
    world,
    async [Symbol.asyncDispose]() {
      await warehouse.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function otherRowsOf({ position, record }: HistoryRecord): readonly { readonly table: TableName; readonly line: string }[] {
  if (record.kind === 'projection') return [projectionRow(position, record, RANGE)]
  if (record.kind === 'refusals') return refusalRows(position, record, RANGE).map((line) => ({ table: 'refusals', line }))
  return []
}

/** Lines by table until there are enough for an insert. */
class Rows {
  readonly #warehouse: Pick<Warehouse, 'insert'>
  readonly #lines = new Map<TableName, string[]>()

  constructor(warehouse: Pick<Warehouse, 'insert'>) {
    this.#warehouse = warehouse
  }

  add(table: TableName, line: string): void {
    const lines = this.#lines.get(table)
    if (lines) lines.push(line)
    else this.#lines.set(table, [line])
  }

  /** Inserts those of the tables that have at least so many. */
  async flush(atLeast: number): Promise<void> {
    for (const [table, lines] of this.#lines) {
      if (lines.length < atLeast) continue
      this.#lines.delete(table)
      await this.#warehouse.insert(table, lines)
    }
  }
}
