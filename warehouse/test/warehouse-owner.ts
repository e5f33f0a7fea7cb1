/**
 * A process that owns a warehouse folder, for tests: `node test/warehouse-owner.ts <folder>` writes `ready`, answers each
 * line of its input with a line of JSON, and ends when its input ends. After `insert` it goes on inserting.
 */
import { createInterface } from 'node:readline'
import { contentHash, openWarehouse, transactionById, type Warehouse } from '@zuil/warehouse'
import { idOf, transactionLines } from './transaction-lines.ts'

const ROWS = 100
const RANGES_MAX = 500

async function main(path: string): Promise<void> {
  const warehouse = await openWarehouse({ kind: 'embedded', path, memoryBytesMax: 1_000_000_000 })
  await warehouse.migrate()
  await insertRange(warehouse, 1)
  say('ready')
  for await (const question of createInterface(process.stdin)) say(await answerTo(warehouse, question))
  await warehouse.close()
}

async function answerTo(warehouse: Warehouse, question: string): Promise<unknown> {
  switch (question) {
    case 'content': {
      const { rows } = await warehouse.content('transactions', { lane: 0, range: 1 })
      return { rows }
    }
    case 'insert': {
      for (let range = 2; range <= 5; range++) await insertRange(warehouse, range)
      // goes on until this process is killed
      void insertOn(warehouse).catch(() => undefined)
      return { rows: 5 * ROWS }
    }
    default: {
      const stored = await transactionById(warehouse, idOf({ sequence: ROWS }), { from: '2026-11-20', to: '2026-11-22' })
      const { hash } = await warehouse.content('transactions', { lane: 0, range: 1 })
      const same = hash === contentHash(linesOf(1))
      return { occurredAt: stored?.transaction.occurredAt, occurredOn: stored?.transaction.occurredOn, hash: String(hash), same }
    }
  }
}

async function insertOn(warehouse: Warehouse): Promise<void> {
  for (let range = 6; range <= RANGES_MAX; range++) await insertRange(warehouse, range)
}

async function insertRange(warehouse: Warehouse, range: number): Promise<void> {
  await warehouse.insert('transactions', linesOf(range))
}

function linesOf(range: number): string[] {
  return transactionLines(ROWS, { range, first: range * ROWS })
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

const [folder] = process.argv.slice(2)
if (folder) await main(folder)
