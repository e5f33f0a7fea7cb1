import {
  type CheckinChannel,
  type CheckinCommand,
  type CommitItem,
  type CommitOutcome,
  DEFAULT_PROGRAMME,
  type Decision,
  decide,
  type Entry,
  type Event,
  programmeOfHolder,
  type RequestKey,
} from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { Principal } from '../principal.ts'
import { entityName, type Pass } from '../registry/registry.ts'
import type { Services } from '../services.ts'
import { type CheckinAnswer, encodeAnswer, type Settled, settle, type Worth } from './answer.ts'
import { KioskEvents } from './kiosk-events.ts'

/** How often a decision is made again because the registry moved on meanwhile. Each round waits for the registry. */
const STALE_ROUNDS_MAX = 5

/** A check-in as it comes in: who brings it, and the names it uses. */
export interface CheckinRequest {
  readonly principal: Principal
  readonly channel: CheckinChannel
  /** As sent; absent where the kiosk's event counts. */
  readonly eventId?: string | undefined
  /** One of these three. */
  readonly uitpasNumber?: string | undefined
  readonly chipNumber?: string | undefined
  /** Or the pass itself, where a session names the passholder. */
  readonly pass?: Pass
  /** The check-in code that was sent is the one of yesterday. */
  readonly isCodeExpired?: boolean
  /** Epoch ms of the scan; absent: now. */
  readonly occurredAt?: number
  readonly request?: RequestKey
  /** The passholder as the client may see it, sealed; kept with the answer. */
  readonly passholder?: string
}

interface Considered {
  readonly command: CheckinCommand
  readonly decision: Decision
}

/** What is kept of a check-in while it is committed: not the decision, which the ledger has. */
interface Pending {
  readonly index: number
  readonly source: CheckinRequest
  readonly answer: CheckinAnswer
  readonly event: Event | undefined
  /** Number of the holder, 0 when nobody was found. */
  readonly owner: number
}

/** Decides check-ins and commits them: looks up, decides, commits, and decides again when the registry moved on. */
export class CheckinDesk {
  readonly kioskEvents: KioskEvents
  readonly #services: Services

  constructor(services: Services) {
    this.#services = services
    this.kioskEvents = new KioskEvents(services.registry, services.rules)
  }

  /**
   * How one request ended. Nearly every check-in comes alone, and the lists that {@link take} needs would be a tenth of what it leaves to the
   * garbage collector.
   * @throws {LedgerError} as {@link take}
   */
  async takeOne(source: CheckinRequest): Promise<Settled> {
    for (let round = 0; round <= STALE_ROUNDS_MAX; round++) {
      const { command, decision } = this.consider(source)
      const pending = pendingOf({ index: 0, source }, command, decision)
      if (isRefusedAtOnce(decision, source)) return this.#counted(pending, refusedBy(decision))
      const [outcome] = await this.#services.ledger.commit([this.#itemOf(pending, command, decision)])
      if (!outcome) throw new Error('The ledger gave no outcome of one item')
      const end = settle(outcome, pending.answer, source.channel)
      if (end) return this.#counted(pending, end)
      await this.#services.registry.refresh(laneOf(pending.owner, this.#services.lanes))
    }
    throw registryTooFast()
  }

  /**
   * How each request ended, in their order.
   * @throws {LedgerError} when the ledger takes no work; with request keys it is safe to send everything again
   */
  async take(requests: readonly CheckinRequest[]): Promise<readonly Settled[]> {
    const ends = new Array<Settled | undefined>(requests.length)
    let open: readonly Open[] = requests.map((source, index) => ({ source, index }))
    for (let round = 0; open.length > 0; round++) {
      if (round > STALE_ROUNDS_MAX) throw registryTooFast()
      const { pending, outcomes } = this.#begin(open, ends)
      const stale = this.#finish(pending, await outcomes, ends)
      await this.#refresh(stale)
      open = stale
    }
    return requests.map((_, index) => endOf(ends, index))
  }

  /** What would be decided now, without the limits: those stand in the guards of the proposal. */
  consider(source: CheckinRequest): Considered {
    const { registry, rules } = this.#services
    const now = this.#services.now()
    const occurredAt = source.occurredAt ?? now
    const pass = this.#passOf(source)
    const event = this.#eventOf(source, occurredAt, pass)
    const command: CheckinCommand = {
      kind: 'CHECKIN',
      channel: source.channel,
      now,
      occurredAt,
      isNumberValid: source.uitpasNumber === undefined ? undefined : registry.isPassNumber(source.uitpasNumber),
      isCodeExpired: source.isCodeExpired,
      eventId: source.eventId,
      event,
      card: pass?.card,
      holder: pass?.holder ?? (pass && registry.holder(pass.card.holder)),
      device: source.principal.kind === 'kiosk' ? source.principal.kiosk.id : '',
      client: source.principal.kind === 'kiosk' ? '' : source.principal.client.id,
      request: source.request ? `${source.request.id}.${source.request.fingerprint}` : '',
    }
    return { command, decision: decide(command, rules) }
  }

  #eventOf({ principal, channel, eventId }: CheckinRequest, occurredAt: number, pass: Pass | undefined): Event | undefined {
    const { registry } = this.#services
    if (eventId !== undefined) return registry.event(eventId)
    if (principal.kind !== 'kiosk') return undefined
    const { kiosk } = principal
    const programme = pass?.holder && programmeOfHolder(pass.holder, registry.programmes)
    return channel === 'BATCH'
      ? this.kioskEvents.at(kiosk, occurredAt, programme)
      : this.kioskEvents.current(kiosk, occurredAt, programme)
  }

  #passOf({ uitpasNumber, chipNumber, pass }: CheckinRequest): Pass | undefined {
    if (pass) return pass
    if (uitpasNumber !== undefined) return this.#services.registry.byUitpasNumber(uitpasNumber)
    return chipNumber === undefined ? undefined : this.#services.registry.byChip(chipNumber)
  }

  /** Decides and hands to the ledger what it has to know; notes the end of what it has not. */
  #begin(open: readonly Open[], ends: (Settled | undefined)[]): Begun {
    const pending: Pending[] = []
    const items: CommitItem[] = []
    for (const { index, source } of open) {
      const { command, decision } = this.consider(source)
      const each = pendingOf({ index, source }, command, decision)
      if (isRefusedAtOnce(decision, source)) {
        ends[index] = this.#counted(each, refusedBy(decision))
        continue
      }
      pending.push(each)
      items.push(this.#itemOf(each, command, decision))
    }
    return { pending, outcomes: items.length === 0 ? NO_OUTCOMES : this.#services.ledger.commit(items) }
  }

  /** Notes how each ended, and gives back what has to be decided again. */
  #finish(pending: readonly Pending[], outcomes: readonly CommitOutcome[], ends: (Settled | undefined)[]): readonly Pending[] {
    const stale: Pending[] = []
    for (const [index, each] of pending.entries()) {
      const outcome = outcomes[index]
      if (!outcome) throw new Error(`The ledger answered ${outcomes.length} of ${pending.length} items`)
      const end = settle(outcome, each.answer, each.source.channel)
      if (end) ends[each.index] = this.#counted(each, end)
      else stale.push(each)
    }
    return stale
  }

  #itemOf({ source, answer, owner }: Pending, command: CheckinCommand, decision: Decision): CommitItem {
    return {
      owner,
      entities: entitiesOf(command),
      registryVersion: this.#services.registry.version(laneOf(owner, this.#services.lanes)),
      proposal: decision.kind === 'proposed' ? decision.proposal : undefined,
      request: source.request,
      answer: source.request && encodeAnswer(answer),
    }
  }

  /** The end, counted when it is a refusal of the first time. */
  #counted({ source, event }: Pending, end: Settled): Settled {
    if (end.kind !== 'refused' || end.replayed) return end
    this.#services.refusals.count({
      reason: end.refusal.code,
      channel: source.channel,
      organizer: event?.organizer ?? '',
      venueNis: event?.venueNis ?? 0,
    })
    return end
  }

  async #refresh(stale: readonly Pending[]): Promise<void> {
    const lanes = new Set(stale.map(({ owner }) => laneOf(owner, this.#services.lanes)))
    await Promise.all([...lanes].map((lane) => this.#services.registry.refresh(lane)))
  }
}

/** A check-in that has to be decided. */
type Open = Pick<Pending, 'index' | 'source'>

interface Begun {
  readonly pending: readonly Pending[]
  readonly outcomes: Promise<readonly CommitOutcome[]>
}

const NO_OUTCOMES: Promise<readonly CommitOutcome[]> = Promise.resolve([])

function pendingOf({ index, source }: Open, { event, holder }: CheckinCommand, decision: Decision): Pending {
  return { index, source, answer: answerOf(decision, { event, source }), event, owner: holder?.number ?? 0 }
}

type RefusedDecision = Extract<Decision, { kind: 'refused' }>

/** What is refused by rule needs the ledger only to be remembered under its request key. */
function isRefusedAtOnce(decision: Decision, { request }: CheckinRequest): decision is RefusedDecision {
  return decision.kind === 'refused' && !request
}

function refusedBy({ refusal }: RefusedDecision): Settled {
  return { kind: 'refused', replayed: false, refusal }
}

function registryTooFast(): LedgerError {
  return new LedgerError('overloaded', 'The registry changes faster than check-ins are decided')
}

function answerOf(decision: Decision, { event, source }: { event: Event | undefined; source: CheckinRequest }): CheckinAnswer {
  // The answer to a line of a batch shows no event, and there are many of them to keep for a day.
  const shown = source.channel === 'BATCH' ? undefined : event
  const proposal = decision.kind === 'proposed' ? decision.proposal : undefined
  const { points, flags } = proposal ? worthOf(proposal) : NOTHING
  return {
    event: shown?.id ?? '',
    title: shown?.title ?? '',
    points,
    flags,
    limit: proposal && !proposal.otherwise ? event?.checkinLimit : undefined,
    refusal: decision.kind === 'refused' ? decision.refusal : undefined,
    passholder: source.passholder,
  }
}

function worthOf({ record }: Entry): Worth {
  return record.kind === 'transaction' ? { points: record.transaction.points, flags: record.transaction.flags } : NOTHING
}

const NOTHING: Worth = { points: 0, flags: [] }

/** Registry entries that the decision used. */
function entitiesOf({ holder, card, event }: CheckinCommand): readonly string[] {
  const names = {
    holder: holder && entityName('holder', holder.number),
    card: card && entityName('card', card.number),
    event: event && entityName('event', event.number),
    programme: event && event.programme !== DEFAULT_PROGRAMME ? `programme/${event.programme}` : undefined,
  }
  // Written out for nearly all check-ins: a list that grows takes room for sixteen.
  if (names.holder && names.card && names.event && !names.programme) return [names.holder, names.card, names.event]
  return Object.values(names).filter((name) => name !== undefined)
}

function endOf(ends: readonly (Settled | undefined)[], index: number): Settled {
  const end = ends[index]
  if (!end) throw new Error(`Check-in ${index} has no end`)
  return end
}
