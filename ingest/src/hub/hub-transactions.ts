import { formatPosition, type Position, type Transaction } from '@zuil/core'
import type { TransactionSearch, TransactionSearchAnswer } from '@zuil/core/contracts/transaction-search'
import { formatReceipt } from '../checkins/receipt.ts'
import { LedgerError } from '../ledger/ledger-error.ts'
import { askHub, type HubConnection } from './hub-connection.ts'
import { HubUnavailable } from './hub-error.ts'

const TIMEOUT_MS = 3_000
/** One transaction as JSON is about 700 bytes. */
const ANSWER_BYTES_MAX = 64 * 1024
const RETRY_AFTER_SECONDS = 5
/** The hub waits up to two seconds for what has to be loaded, and then asks the warehouse. */
const SEARCH_TIMEOUT_MS = 6_000
/** 500 transactions of some 1,000 bytes. */
const PAGE_BYTES_MAX = 4 * 1024 * 1024
/** Normally everything is loaded within a second. */
const BEHIND_RETRY_AFTER_SECONDS = 2

export interface StoredTransaction {
  readonly transaction: Transaction
  readonly voided: boolean
}

/** Transactions that the journal no longer holds, read from the warehouse through the hub. */
export class HubTransactions {
  readonly #options: HubConnection

  constructor(options: HubConnection) {
    this.#options = options
  }

  /**
   * The transaction, or undefined when the warehouse does not know it.
   * @throws {LedgerError} `unavailable` when the hub is away or answers nonsense
   */
  async find(id: string, position: Position): Promise<StoredTransaction | undefined> {
    const { url, token } = this.#options
    const address = `${url}/internal/transactions/${id}?position=${position.lane}.${formatPosition(position)}`
    try {
      const response = await this.#options.fetch(address, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (response.status === 404) return undefined
      if (response.status !== 200) throw new Error(`The hub answered ${response.status}`)
      return storedTransaction(JSON.parse(await boundedText(response, ANSWER_BYTES_MAX)))
    } catch (cause) {
      throw new LedgerError('unavailable', 'The warehouse could not be asked for a transaction', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        cause,
      })
    }
  }

  /**
   * A page of transactions, not before everything up to the positions is in the warehouse.
   * @throws {HubUnavailable} when the hub is away, answers nonsense, or the warehouse does not come up to the positions in time
   */
  async search(question: HubSearch): Promise<TransactionSearchAnswer> {
    const body: TransactionSearch = { ...question, after: question.after.map(formatReceipt) }
    const response = await askHub(this.#options, { path: 'transactions/search', body, timeoutMs: SEARCH_TIMEOUT_MS }).catch(away)
    if (response.status === 503) {
      const retryAfterSeconds = BEHIND_RETRY_AFTER_SECONDS
      throw new HubUnavailable('What you did last cannot be read back yet; ask again in a moment', { retryAfterSeconds })
    }
    try {
      if (response.status !== 200) throw new Error(`The hub answered ${response.status}`)
      return searchAnswer(JSON.parse(await boundedText(response, PAGE_BYTES_MAX)))
    } catch (cause) {
      return away(cause)
    }
  }
}

export interface HubSearch extends Omit<TransactionSearch, 'after'> {
  readonly after: readonly Position[]
}

/** @throws {HubUnavailable} */
function away(cause: unknown): never {
  const retryAfterSeconds = RETRY_AFTER_SECONDS
  throw new HubUnavailable('What was registered cannot be read back just now', { retryAfterSeconds, cause })
}

function searchAnswer(answer: unknown): TransactionSearchAnswer {
  if (typeof answer !== 'object' || answer === null || !('totalItems' in answer) || !('transactions' in answer)) {
    throw new TypeError('The hub answers a page as {totalItems, transactions}')
  }
  // Written by our own hub, whose answer has this type.
  return answer as TransactionSearchAnswer
}

async function boundedText(response: Response, charactersMax: number): Promise<string> {
  const text = await response.text()
  if (text.length > charactersMax) throw new Error(`The hub answered ${text.length} characters`)
  return text
}

/** `{transaction, voided}`, written by our own hub. */
function storedTransaction(answer: unknown): StoredTransaction {
  if (typeof answer !== 'object' || answer === null || !('transaction' in answer) || !('voided' in answer)) {
    throw new TypeError('The hub answers a transaction as {transaction, voided}')
  }
  const { transaction, voided } = answer
  if (typeof transaction !== 'object' || transaction === null || !('holder' in transaction) || !('points' in transaction)) {
    throw new TypeError('The hub answered something else than a transaction')
  }
  // The hub reads it from the table whose columns are the members of a transaction.
  return { transaction: transaction as Transaction, voided: voided === true }
}
