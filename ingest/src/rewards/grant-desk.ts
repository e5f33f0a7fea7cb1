import { type CommitItem, grantProposal, isGrantedOn, type Reward } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { Member } from '../registry/holder-put.ts'
import { entityName } from '../registry/registry.ts'
import type { Services } from '../services.ts'

/** How often a grant is decided again because a reward changed meanwhile. */
const STALE_ROUNDS_MAX = 5

interface Due {
  readonly member: Member
  readonly reward: Reward
  readonly card: number
}

/**
 * Grants welcome rewards to passholders who were put into the registry. Everybody who was put is looked at, also who did
 * not change: the guard of a grant lets it through once, so a put that is repeated after a crash makes up for what is missing.
 */
export class GrantDesk {
  readonly #services: Pick<Services, 'registry' | 'ledger' | 'now' | 'lanes'>

  constructor(services: Pick<Services, 'registry' | 'ledger' | 'now' | 'lanes'>) {
    this.#services = services
  }

  /** @throws {LedgerError} then it is unknown what was granted; putting the passholders again is safe */
  async grant(members: readonly Member[]): Promise<void> {
    let due = this.#dueOf(members)
    for (let round = 0; due.length > 0; round++) {
      if (round > STALE_ROUNDS_MAX) throw new LedgerError('overloaded', 'The registry changes faster than rewards are granted')
      const outcomes = await this.#services.ledger.commit(due.map((each) => this.#itemOf(each)))
      // A guard that fails is an answer: granted before, or no stock.
      const stale = new Set(due.filter((_, index) => outcomes[index]?.kind === 'stale').map(({ member }) => member))
      await this.#refresh(stale)
      due = this.#dueOf([...stale])
    }
  }

  #dueOf(members: readonly Member[]): readonly Due[] {
    const { programmes } = this.#services.registry
    const welcome = [...this.#services.registry.rewards()].flatMap(({ reward }) => (reward.type === 'WELCOME' ? [reward] : []))
    if (welcome.length === 0) return []
    return members.flatMap((member) =>
      welcome.flatMap((reward) => {
        const { holder, joined, cards } = member
        const isActive = (cardSystem: number) =>
          holder.memberships.some((membership) => membership.cardSystem === cardSystem && membership.status === 'ACTIVE')
        const brings = joined.find((each) => isActive(each.cardSystem) && isGrantedOn(reward, each, { ...holder, programmes }))
        const card = cards.find(({ cardSystem, status }) => cardSystem === brings?.cardSystem && status === 'ACTIVE')
        return brings ? [{ member, reward, card: card?.number ?? 0 }] : []
      }),
    )
  }

  #itemOf({ member, reward, card }: Due): CommitItem {
    const { registry, now, lanes } = this.#services
    const { holder } = member
    return {
      owner: holder.number,
      proposal: grantProposal({ now: now(), reward, holder, card: { number: card } }),
      // Not the holder: it was put just now, and this process need not have seen that yet.
      entities: [entityName('reward', reward.number), `programme/${reward.programme}`],
      registryVersion: registry.version(laneOf(holder.number, lanes)),
    }
  }

  async #refresh(members: ReadonlySet<Member>): Promise<void> {
    const lanes = new Set([...members].map(({ holder }) => laneOf(holder.number, this.#services.lanes)))
    await Promise.all([...lanes].map((lane) => this.#services.registry.refresh(lane)))
  }
}
