import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../installation/free-ports.ts'
import type { LoneBench } from './context.ts'
import type { Figure } from './figure.ts'
import type { HistoryCost, HistoryOrder } from './history-process.ts'
import { PROGRAM } from './installation.ts'

/** A year of these populations: the curve. */
const CURVE_HOLDERS = [25_000, 50_000, 100_000, 200_000] as const
const CURVE_YEAR = 2024
/** From here on the start of the process no longer shows. */
const STEADY_HOLDERS = 50_000
/** Noise and caches; what grows with the square of the size would be 4. */
const LINEAR_RATIO_MAX = 1.25
/** All of Flanders. */
const FULL: HistoryOrder = { holders: 500_000, firstYear: 2021, lastYear: 2025 }
const MEGABYTES_MAX = 1_000
/** Told to the warehouse: years, as the history of an installation is. */
const WAREHOUSE_HOLDERS = 100_000
const WAREHOUSE_YEARS = '2023-2025'
const TRANSACTIONS_A_SECOND = 50_000

export const history: LoneBench = {
  name: 'history',
  question: 'How long does it take to tell a history, to nobody and to the warehouse, and in how much memory?',
  isAlone: true,
  async run({ log }) {
    const line = (figure: string, value: number, unit: string): Figure => ({ bench: 'history', figure, value, unit })
    const figures: Figure[] = []
    const each = new Map<number, number>()
    for (const holders of CURVE_HOLDERS) {
      const cost = await told({ holders, firstYear: CURVE_YEAR, lastYear: CURVE_YEAR })
      each.set(holders, (cost.seconds * 1_000_000) / cost.transactions)
      const of = `a year of ${holders} holders`
      log(`${of}: ${cost.transactions} transactions`)
      figures.push(line(`${of}`, cost.transactions, 'transactions'))
      figures.push(line(`${of}, processor`, each.get(holders) ?? 0, 'us/transaction'))
      figures.push(line(`${of}, memory at most`, cost.megabytes, 'MB'))
    }
    const ratio = (each.get(Math.max(...CURVE_HOLDERS)) ?? 0) / (each.get(STEADY_HOLDERS) ?? 1)
    figures.push({ ...line('200,000 holders beside 50,000, each transaction', ratio, 'x'), target: { atMost: LINEAR_RATIO_MAX } })
    const whole = await told(FULL)
    const of = `${FULL.lastYear - FULL.firstYear + 1} years of ${FULL.holders} holders`
    figures.push(line(of, whole.transactions, 'transactions'))
    figures.push({ ...line(`${of}, memory at most`, whole.megabytes, 'MB'), target: { atMost: MEGABYTES_MAX } })
    figures.push(...(await toWarehouse(line)))
    return figures
  },
}

async function told(order: HistoryOrder): Promise<HistoryCost> {
  const child = fork(fileURLToPath(new URL('./history-process.ts', import.meta.url)), { stdio: 'inherit' })
  return await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The history ended with code ${code}`)))
    // the child is history-process.ts, which sends what it took and nothing else
    child.once('message', (message) => resolve(message as HistoryCost))
    child.send(order)
  })
}

/** As users tell it, `zuil simulate --to warehouse`; the seconds are those until all of it stands in archive and warehouse. */
async function toWarehouse(line: (figure: string, value: number, unit: string) => Figure): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zuil-bench-'))
  try {
    const output = await simulated(folder)
    const seconds = Number(/^Archive and warehouse: .* in ([\d.]+) s\.$/m.exec(output)?.[1])
    const transactions = Number(/^(\d+) transactions of /m.exec(output)?.[1])
    if (!(seconds > 0 && transactions > 0)) throw new Error(`zuil simulate says something else: ${output}`)
    const rate = line('told to archive and warehouse, read back', transactions / seconds, 'transactions/s')
    return [{ ...rate, target: { atLeast: TRANSACTIONS_A_SECOND } }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function simulated(folder: string): Promise<string> {
  const [redis = 0] = await freePorts(1)
  const options = ['--seed', '7', '--holders', `${WAREHOUSE_HOLDERS}`, '--years', WAREHOUSE_YEARS, '--to', 'warehouse']
  const child = fork(PROGRAM, ['simulate', ...options], {
    cwd: folder,
    env: { ...process.env, ZUIL_DATA: join(folder, 'data'), ZUIL_REDIS_PORT: `${redis}` },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (text: Buffer) => {
    output += text.toString('utf8')
  })
  return await new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`zuil simulate ended with code ${code}`))))
  })
}
