import {
  brusselsDay,
  DAY_MS,
  FACT_AGE_DAYS_MAX,
  formatDay,
  type IdKey,
  OFFLINE_DAYS_MAX,
  pointsCounter,
  positionOfId,
  REQUEST_KEPT_MS,
  voidCounter,
} from '@zuil/core'
import type { LedgerSource, RestoredCounter, RestoredRequest } from '@zuil/ingest'
import type { ArchiveEnd } from '@zuil/pipeline'
import {
  balances,
  balancesOf,
  eventTitles,
  limitCounts,
  type StoredTransaction,
  transactionsWithRequest,
  voidedTransactions,
  type Warehouse,
} from '@zuil/warehouse'
import { type AnswerFacts, keptAnswer, SoldTogether } from './kept-answers.ts'

export interface LedgerSourceOptions {
  readonly warehouse: Warehouse
  readonly ends: readonly ArchiveEnd[]
  readonly idKey: IdKey
  /** Epoch ms. */
  readonly now: number
}

/** Transactions whose holders and events are asked for together. */
const ROWS_AT_ONCE = 500

/** What the warehouse knows of balances, limits, voids and the answers of the last day, in the ledger's words. */
export function ledgerSource(options: LedgerSourceOptions): LedgerSource {
  return {
    ends: options.ends,
    counters: () => counters(options),
    requests: () => requests(options),
  }
}

async function* counters({ warehouse, idKey, now }: LedgerSourceOptions): AsyncGenerator<RestoredCounter[]> {
  for await (const rows of balances(warehouse)) {
    yield rows.map(({ holder, programme, points }) => {
      return { counter: pointsCounter(programme), owner: holder, period: '', value: points }
    })
  }
  for await (const rows of limitCounts(warehouse, now)) {
    yield rows.map(({ owner, counter, bucket, endsAt, count }) => ({
      counter,
      owner,
      period: bucket,
      value: count,
      ...(endsAt === undefined ? {} : { expiresAt: endsAt + OFFLINE_DAYS_MAX * DAY_MS }),
    }))
  }
  for await (const rows of voidedTransactions(warehouse)) {
    yield rows.flatMap(({ id, holder }) => {
      const position = positionOfId(idKey, id)
      if (!position) return []
      const { counter, owner, period, add } = voidCounter(position, holder)
      return [{ counter, owner, period, value: add }]
    })
  }
}

/** A restored answer has the title that the event has now, and goes without the passholder's details. */
async function* requests({ warehouse, idKey, now }: LedgerSourceOptions): AsyncGenerator<RestoredRequest[]> {
  const since = now - REQUEST_KEPT_MS
  const days = { from: formatDay(brusselsDay(since - FACT_AGE_DAYS_MAX * DAY_MS)), to: formatDay(brusselsDay(now + DAY_MS)) }
  const together = new SoldTogether(idKey)
  for await (const rows of transactionsWithRequest(warehouse, since, days)) {
    for (const row of rows) together.add(row)
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      const chunk = rows.slice(first, first + ROWS_AT_ONCE)
      const facts = { idKey, ...(await factsOf(warehouse, chunk)) }
      yield chunk.flatMap((row) => keptAnswer(row, facts) ?? [])
    }
  }
  yield [...together.answers()]
}

async function factsOf(warehouse: Warehouse, rows: readonly StoredTransaction[]): Promise<Omit<AnswerFacts, 'idKey'>> {
  const balances = await balancesOf(warehouse, [...new Set(rows.map((row) => row.transaction.holder))])
  const totals = new Map(balances.map(({ holder, programme, points }) => [balanceKey(holder, programme), points]))
  const titles = await eventTitles(warehouse, [...new Set(rows.map((row) => row.transaction.event))])
  return {
    total: ({ holder, programme }) => totals.get(balanceKey(holder, programme)) ?? 0,
    title: (event) => titles.get(event) ?? '',
  }
}

function balanceKey(holder: number, programme: string): string {
  return `${holder} ${programme}`
}
