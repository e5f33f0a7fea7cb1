import { formatPosition, type Position, type Transaction } from '@zuil/core'
import { LedgerError } from '../ledger/ledger-error.ts'

const TIMEOUT_MS = 3_000
/** One transaction as JSON is about 700 bytes. */
const ANSWER_BYTES_MAX = 64 * 1024
const RETRY_AFTER_SECONDS = 5

export interface StoredTransaction {
  readonly transaction: Transaction
  readonly voided: boolean
}

export interface HubTransactionsOptions {
  /** Where the hub answers internal reads. */
  readonly url: string
  readonly token: string
  readonly fetch: typeof fetch
}

/** Transactions that the journal no longer holds, read from the warehouse through the hub. */
export class HubTransactions {
  readonly #options: HubTransactionsOptions

  constructor(options: HubTransactionsOptions) {
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
      return storedTransaction(JSON.parse(await boundedText(response)))
    } catch (cause) {
      throw new LedgerError('unavailable', 'The warehouse could not be asked for a transaction', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        cause,
      })
    }
  }
}

async function boundedText(response: Response): Promise<string> {
  const text = await response.text()
  if (text.length > ANSWER_BYTES_MAX) throw new Error(`The hub answered ${text.length} characters`)
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
