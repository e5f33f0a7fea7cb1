import { type Bonus, bonusProposal, type CommitItem, type Holder } from '@zuil/core'
import { parseBonus } from '@zuil/core/registry/bonus'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { PutResult } from '../registry/registry-store.ts'
import type { Services } from '../services.ts'

interface Open {
  readonly index: number
  readonly item: CommitItem
}

/** Gives bonuses: they come like entries of the registry, and are transactions. */
export class BonusDesk {
  readonly #services: Pick<Services, 'registry' | 'ledger' | 'now' | 'lanes'>

  constructor(services: Pick<Services, 'registry' | 'ledger' | 'now' | 'lanes'>) {
    this.#services = services
  }

  /**
   * Results in the order of the items; `changed` is false for a bonus that was given before.
   * @throws {LedgerError} then it is unknown what was given; putting everything again is safe
   */
  async put(items: readonly unknown[]): Promise<readonly PutResult[]> {
    const { registry, ledger, lanes } = this.#services
    // The passholders that were put just before get theirs.
    await Promise.all(Array.from({ length: lanes }, (_, lane) => registry.refresh(lane)))
    const results = new Array<PutResult>(items.length)
    const open: Open[] = []
    for (const [index, body] of items.entries()) {
      const prepared = await this.#prepare(body)
      if ('item' in prepared) open.push({ index, item: prepared.item })
      else results[index] = { index, ok: false, problem: prepared.problem }
    }
    const outcomes = await ledger.commit(open.map(({ item }) => item))
    for (const [position, { index }] of open.entries()) {
      const kind = outcomes[position]?.kind
      if (kind !== 'committed' && kind !== 'failed') throw new LedgerError('unavailable', `A bonus ended as ${kind}`)
      results[index] = { index, ok: true, changed: kind === 'committed' }
    }
    return results
  }

  async #prepare(body: unknown): Promise<{ item: CommitItem } | { problem: Extract<PutResult, { ok: false }>['problem'] }> {
    const parsed = parseBonus(body, undefined)
    if (!parsed.ok) return { problem: { code: 'body/invalid-data', detail: 'Invalid body data', schemaErrors: parsed.errors } }
    const found = await this.#holderOf(parsed.value)
    if (!found) {
      const jsonPointer = 'uitpasNumber' in parsed.value.to ? '/uitpasNumber' : '/passholderId'
      const schemaErrors = [{ jsonPointer, error: 'The data must name a passholder of the registry.' }]
      return { problem: { code: 'body/invalid-data', detail: 'Nobody to give the bonus to', schemaErrors } }
    }
    const proposal = bonusProposal({ now: this.#services.now(), bonus: parsed.value, ...found })
    // The points are somebody's whatever becomes of the card, so no change can make it stale.
    return { item: { owner: found.holder.number, proposal, entities: [], registryVersion: 0 } }
  }

  async #holderOf({ to }: Bonus): Promise<{ readonly holder: Holder; readonly card: { readonly number: number } } | undefined> {
    const { registry } = this.#services
    if ('uitpasNumber' in to) {
      const pass = registry.byUitpasNumber(to.uitpasNumber)
      return pass?.holder?.passType === 'INDIVIDUAL' ? { holder: pass.holder, card: pass.card } : undefined
    }
    const holder = registry.holder((await registry.holderNumberOf(to.passholderId)) ?? 0)
    return holder?.passType === 'INDIVIDUAL' ? { holder, card: { number: 0 } } : undefined
  }
}
