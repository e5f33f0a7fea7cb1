import {
  type Bonus,
  bonusProposal,
  CARRY_GUARDS,
  type Card,
  type CommitItem,
  type CommitOutcome,
  carryProposal,
  type Holder,
  type Proposal,
  programmeOfHolder,
} from '@zuil/core'
import { parseBonus } from '@zuil/core/registry/bonus'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { PutResult } from '../registry/registry-store.ts'
import type { Services } from '../services.ts'

type PutProblem = Extract<PutResult, { ok: false }>['problem']

/** Somebody of the registry, with the card that was named. */
interface Person {
  readonly holder: Holder
  /** Number 0 when no card was named. */
  readonly card: Pick<Card, 'number'>
}

/** A bonus with everybody found that it names. */
interface Prepared {
  readonly bonus: Bonus
  readonly to: Person
  /** Absent: the points are new. */
  readonly from?: Person
}

interface Open extends Prepared {
  readonly index: number
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
    const { registry, lanes } = this.#services
    // The passholders that were put just before get theirs.
    await Promise.all(Array.from({ length: lanes }, (_, lane) => registry.refresh(lane)))
    const results = new Array<PutResult>(items.length)
    const open: Open[] = []
    for (const [index, body] of items.entries()) {
      const prepared = await this.#prepare(body)
      if ('problem' in prepared) results[index] = { index, ok: false, problem: prepared.problem }
      else open.push({ index, ...prepared })
    }
    const due = await this.#carry(open, results)
    const now = this.#services.now()
    const outcomes = await this.#commit(
      due.map(({ bonus, to }) => itemOf(to, bonusProposal({ now, bonus, holder: to.holder, card: to.card }))),
    )
    for (const [position, { index }] of due.entries()) results[index] = resultOf(index, outcomes[position])
    return results
  }

  /** Marks at those whose points go to somebody else that they went; gives back the bonuses that are still due. */
  async #carry(open: readonly Open[], results: PutResult[]): Promise<readonly Open[]> {
    const { registry, now } = this.#services
    const carried = open.flatMap((each) =>
      each.from && each.from.holder.number !== each.to.holder.number ? [{ ...each, from: each.from }] : [],
    )
    if (carried.length === 0) return open
    const items = carried.map(({ bonus, from, to }) => {
      const programme = programmeOfHolder(from.holder, registry.programmes)
      return itemOf(from, carryProposal({ now: now(), bonus, ...from, to: to.holder.number, programme }))
    })
    const outcomes = await this.#commit(items)
    const lost = new Set<number>()
    for (const [position, { index }] of carried.entries()) {
      const outcome = outcomes[position]
      const failed = outcome?.kind === 'failed' ? CARRY_GUARDS[outcome.index] : undefined
      if (failed === undefined || failed === 'to-the-same') continue
      lost.add(index)
      const detail =
        failed === 'once' ? 'The points went to another passholder before.' : 'The points were given to their own pass before.'
      results[index] = { index, ok: false, problem: invalid(detail, '/from') }
    }
    return open.filter(({ index }) => !lost.has(index))
  }

  async #commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    const outcomes = await this.#services.ledger.commit(items)
    const strange = outcomes.find(({ kind }) => kind !== 'committed' && kind !== 'failed')
    if (strange) throw new LedgerError('unavailable', `A bonus ended as ${strange.kind}`)
    return outcomes
  }

  async #prepare(body: unknown): Promise<Prepared | { readonly problem: PutProblem }> {
    const { programmes } = this.#services.registry
    const parsed = parseBonus(body, this.#services.registry)
    if (!parsed.ok) return { problem: { code: 'body/invalid-data', detail: 'Invalid body data', schemaErrors: parsed.errors } }
    const bonus = parsed.value
    const pointer = 'uitpasNumber' in bonus.to ? '/uitpasNumber' : '/passholderId'
    const to = await this.#personOf(bonus.to)
    if (!to) return { problem: invalid('Nobody to give the bonus to', pointer, NOBODY) }
    if (programmeOfHolder(to.holder, programmes) !== bonus.programme) {
      return { problem: invalid('The bonus is of another programme', pointer, `The passholder is not of ${bonus.programme}.`) }
    }
    if (!bonus.from) return { bonus, to }
    const from = await this.#personOf(bonus.from)
    return from ? { bonus, to, from } : { problem: invalid('Nobody to take the points from', '/from/passholderId', NOBODY) }
  }

  async #personOf(named: Bonus['to']): Promise<Person | undefined> {
    const { registry } = this.#services
    if ('uitpasNumber' in named) {
      const pass = registry.byUitpasNumber(named.uitpasNumber)
      return pass?.holder?.passType === 'INDIVIDUAL' ? { holder: pass.holder, card: pass.card } : undefined
    }
    const holder = registry.holder((await registry.holderNumberOf(named.passholderId)) ?? 0)
    return holder?.passType === 'INDIVIDUAL' ? { holder, card: { number: 0 } } : undefined
  }
}

const NOBODY = 'The data must name a passholder of the registry.'

/** The points are somebody's whatever becomes of the card, so no change can make it stale. */
function itemOf({ holder }: Person, proposal: Proposal): CommitItem {
  return { owner: holder.number, proposal, entities: [], registryVersion: 0 }
}

/** The last guard of a bonus is that its points were not carried to somebody else; any other says that it was given before. */
function resultOf(index: number, outcome: CommitOutcome | undefined): PutResult {
  if (outcome?.kind !== 'failed') return { index, ok: true, changed: true }
  if (outcome.index === GIVEN_GUARD) return { index, ok: true, changed: false }
  return { index, ok: false, problem: invalid('The points went to another passholder before.', '/from') }
}

/** Of {@link bonusProposal}. */
const GIVEN_GUARD = 1

function invalid(detail: string, jsonPointer: string, error = detail): PutProblem {
  return { code: 'body/invalid-data', detail, schemaErrors: [{ jsonPointer, error }] }
}
