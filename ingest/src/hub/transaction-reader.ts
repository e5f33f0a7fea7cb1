import { type Position, type Problem, problem } from '@zuil/core'
import type { Page } from '@zuil/core/contracts/http-paging'
import type { FoundTransaction, TransactionSearch } from '@zuil/core/contracts/transaction-search'
import type { FastifyRequest } from 'fastify'
import { parseReceipt } from '../checkins/receipt.ts'
import { bearerPrincipalOf } from '../plugins/authentication.ts'
import type { RegisteredIdentity } from '../registry/registry.ts'
import type { Services } from '../services.ts'
import type { LastReceipts } from './last-receipts.ts'

export interface TransactionReaderOptions {
  readonly services: Pick<Services, 'hub' | 'lanes' | 'registry'>
  readonly receipts: LastReceipts
}

export interface ReadRange extends Page {
  /** Default: newest first. */
  readonly order?: 'asc' | 'desc'
}

/** A transaction with what only the registry knows of it. */
export interface ReadTransaction extends FoundTransaction {
  /** Undefined when the registry no longer knows the holder. */
  readonly identity: RegisteredIdentity | undefined
  /** The number that was used; empty when the registry does not know the card. */
  readonly uitpasNumber: string
}

export interface ReadPage {
  readonly totalItems: number
  readonly transactions: readonly ReadTransaction[]
}

/** Reads transactions back: never older than what the client was told, nor than the receipt that it sends. */
export class TransactionReader {
  readonly #options: TransactionReaderOptions

  constructor(options: TransactionReaderOptions) {
    this.#options = options
  }

  /**
   * A page, or the problem of a header `Zuil-Receipt` that is no receipt.
   * @throws {HubUnavailable} when the warehouse is away, or does not come up to the receipts in time
   */
  async page(request: FastifyRequest, filter: TransactionSearch['filter'], range: ReadRange): Promise<ReadPage | Problem> {
    const { services, receipts } = this.#options
    const sent = this.#sentReceipt(request)
    if (sent === 'invalid') {
      return problem('header/invalid', { detail: 'Zuil-Receipt is not a receipt of this installation' })
    }
    const after = [...receipts.of(bearerPrincipalOf(request).client.id), ...(sent ? [sent] : [])]
    const { order = 'desc', start, limit } = range
    const found = await services.hub.search({ filter, range: { order, start, limit }, after })
    const identities = await this.#identities(found.transactions.map(({ transaction }) => transaction.holder))
    const transactions = found.transactions.map((each) => {
      const identity = identities.get(each.transaction.holder)
      const card = identity?.cards.find(({ number }) => number === each.transaction.card)
      return { ...each, identity, uitpasNumber: card?.uitpasNumber ?? '' }
    })
    return { totalItems: found.totalItems, transactions }
  }

  #sentReceipt(request: FastifyRequest): Position | undefined | 'invalid' {
    const header = request.headers['zuil-receipt']
    if (header === undefined) return undefined
    return (typeof header === 'string' && parseReceipt(header, this.#options.services.lanes)) || 'invalid'
  }

  async #identities(holders: readonly number[]): Promise<ReadonlyMap<number, RegisteredIdentity>> {
    const { registry } = this.#options.services
    const unique = [...new Set(holders)]
    const identities = await Promise.all(unique.map((holder) => registry.identity(holder)))
    return new Map(identities.flatMap((identity) => (identity ? [[identity.holder, identity]] : [])))
  }
}

/** Whether a page came, not a problem. */
export function isPage(answer: ReadPage | Problem): answer is ReadPage {
  return 'transactions' in answer
}
