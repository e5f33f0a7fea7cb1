import { DAY_MS } from '@zuil/core'
import { History } from '../population/history/history.ts'
import { makeWorld } from '../population/world.ts'

/** A history to tell to nobody. */
export interface HistoryOrder {
  readonly holders: number
  readonly firstYear: number
  readonly lastYear: number
}

/** What it took. */
export interface HistoryCost {
  readonly transactions: number
  /** Of the processor, its start included. */
  readonly seconds: number
  /** Most memory that the process had, in megabytes. */
  readonly megabytes: number
}

const SEED = 7

process.once('message', (message) => {
  // the parent is history.ts, which sends one order and nothing else
  const { holders, firstYear, lastYear } = message as HistoryOrder
  const [from, until] = [Date.UTC(firstYear, 0, 1) / DAY_MS, Date.UTC(lastYear + 1, 0, 1) / DAY_MS]
  let transactions = 0
  for (const { records } of new History(makeWorld({ seed: SEED, holders, from, until })).days()) {
    for (const { record } of records) if (record.kind === 'transaction') transactions += 1
  }
  const { user, system } = process.cpuUsage()
  const megabytes = process.resourceUsage().maxRSS / 1_000
  const cost: HistoryCost = { transactions, seconds: (user + system) / 1_000_000, megabytes }
  process.send?.(cost)
  process.disconnect()
})
