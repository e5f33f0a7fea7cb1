import type { FoundTransaction, TransactionSearchAnswer } from '@zuil/core/contracts/transaction-search'
import type { HubSearch, HubTransactions } from '../src/hub/hub-transactions.ts'

/** A hub that keeps what it was asked for, and has these transactions in its warehouse. */
export function askedHub(stored: readonly FoundTransaction[] = []): {
  readonly hub: HubTransactions
  readonly asked: HubSearch[]
} {
  const asked: HubSearch[] = []
  const hub: Pick<HubTransactions, 'find' | 'search'> = {
    find: async () => undefined,
    search: async (search): Promise<TransactionSearchAnswer> => {
      asked.push(search)
      return { totalItems: stored.length, transactions: stored }
    },
  }
  // Only its two methods are ever used.
  return { hub: hub as HubTransactions, asked }
}
