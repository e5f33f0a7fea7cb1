import { type IdKey, type Position, positionOfId, type Transaction, voidTransaction } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { Services } from '../services.ts'

export interface FoundCheckin {
  readonly position: Position
  readonly transaction: Transaction
}

type Needed = Pick<Services, 'journal' | 'hub' | 'ledger' | 'secrets' | 'lanes'>

/** Takes check-ins back. */
export class VoidDesk {
  readonly #services: Needed
  readonly #idKey: IdKey

  constructor(services: Needed) {
    this.#services = services
    this.#idKey = services.secrets.idKey()
  }

  /**
   * The check-in with an id: from the journal, else from the warehouse. Undefined when there is none, or it is void.
   * @throws {LedgerError} when journal or warehouse cannot be asked
   */
  async find(id: string): Promise<FoundCheckin | undefined> {
    const position = positionOfId(this.#idKey, id)
    if (!position) return undefined
    const record = await this.#services.journal.recordAt(position)
    if (record) return record.kind === 'transaction' ? { position, transaction: record.transaction } : undefined
    const stored = await this.#services.hub.find(id.toLowerCase(), position)
    return stored && !stored.voided ? { position, transaction: stored.transaction } : undefined
  }

  /** Where the void stands in the journal; undefined when the check-in was void already. */
  async void({ position, transaction }: FoundCheckin): Promise<Position | undefined> {
    const { ledger, lanes } = this.#services
    const proposal = voidTransaction(position, transaction)
    // It stands in the lane of its transaction, which need not be the holder's: tickets that were sold together share one.
    const owner = laneOf(transaction.holder, lanes) === position.lane ? transaction.holder : position.lane
    // A void rests on no registry entry, so no change can make it stale.
    const item = { owner, proposal, entities: [], registryVersion: 0 }
    const [outcome] = await ledger.commit([item])
    if (outcome?.kind === 'committed') return outcome.position
    if (outcome?.kind === 'failed') return undefined
    throw new LedgerError('unavailable', `A void ended as ${outcome?.kind}`)
  }
}
