import {
  type CheckinChannel,
  type CheckinCommand,
  type CommitItem,
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
import { type CheckinAnswer, encodeAnswer, type Settled, settle } from './answer.ts'
import { KioskEvents } from './kiosk-events.ts'

/** How often a decision is made again because the registry moved on meanwhile. Each round waits for the registry. */
const STALE_ROUNDS_MAX = 5

/** A check-in as it comes in: who brings it, and the names it uses. */
export interface CheckinRequest {
  readonly principal: Principal
  readonly channel: CheckinChannel
  /** As sent; absent where the kiosk's event counts. */
  readonly eventId?: string
  /** One of these three. */
  readonly uitpasNumber?: string
  readonly chipNumber?: string
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

interface Prepared {
  readonly index: number
  readonly source: CheckinRequest
  readonly command: CheckinCommand
  readonly decision: Decision
  readonly answer: CheckinAnswer
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
   * How each request ended, in their order.
   * @throws {LedgerError} when the ledger takes no work; with request keys it is safe to send everything again
   */
  async take(requests: readonly CheckinRequest[]): Promise<readonly Settled[]> {
    const ends = new Map<number, Settled>()
    let open = requests.map((source, index) => ({ source, index }))
    for (let round = 0; open.length > 0; round++) {
      if (round > STALE_ROUNDS_MAX) throw new LedgerError('overloaded', 'The registry changes faster than check-ins are decided')
      const stale = await this.#commit(
        open.map((each) => this.#prepare(each)),
        ends,
      )
      await this.#refresh(stale)
      open = stale
    }
    return requests.map((_, index) => endOf(ends, index))
  }

  /** What would be decided now, without the limits: those stand in the guards of the proposal. */
  consider(source: CheckinRequest): { readonly command: CheckinCommand; readonly decision: Decision } {
    return this.#prepare({ source, index: 0 })
  }

  #prepare({ source, index }: { source: CheckinRequest; index: number }): Prepared {
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
      ...(source.uitpasNumber !== undefined && { isNumberValid: registry.isPassNumber(source.uitpasNumber) }),
      ...(source.isCodeExpired && { isCodeExpired: true }),
      ...(source.eventId !== undefined && { eventId: source.eventId }),
      event,
      card: pass?.card,
      holder: pass?.holder ?? (pass && registry.holder(pass.card.holder)),
      device: source.principal.kind === 'kiosk' ? source.principal.kiosk.id : '',
      client: source.principal.kind === 'kiosk' ? '' : source.principal.client.id,
      request: source.request ? `${source.request.id}.${source.request.fingerprint}` : '',
    }
    const decision = decide(command, rules)
    return { index, source, command, decision, answer: answerOf(decision, { event, source }) }
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

  /** Commits what was prepared, notes how each ended, and gives back what has to be decided again. */
  async #commit(prepared: readonly Prepared[], ends: Map<number, Settled>): Promise<Prepared[]> {
    const committed: Prepared[] = []
    const items: CommitItem[] = []
    for (const each of prepared) {
      if (each.decision.kind === 'refused' && !each.source.request) {
        this.#end(each, { kind: 'refused', replayed: false, refusal: each.decision.refusal }, ends)
        continue
      }
      committed.push(each)
      items.push(this.#itemOf(each))
    }
    if (items.length === 0) return []
    const outcomes = await this.#services.ledger.commit(items)
    const stale: Prepared[] = []
    for (const [index, each] of committed.entries()) {
      const outcome = outcomes[index]
      if (!outcome) throw new Error(`The ledger answered ${outcomes.length} of ${items.length} items`)
      const end = settle(outcome, each.answer, each.source.channel)
      if (end) this.#end(each, end, ends)
      else stale.push(each)
    }
    return stale
  }

  #itemOf({ source, command, decision, answer }: Prepared): CommitItem {
    const owner = command.holder?.number ?? 0
    return {
      owner,
      entities: entitiesOf(command),
      registryVersion: this.#services.registry.version(laneOf(owner, this.#services.lanes)),
      ...(decision.kind === 'proposed' && { proposal: decision.proposal }),
      ...(source.request && { request: source.request, answer: encodeAnswer(answer) }),
    }
  }

  #end({ index, command }: Prepared, end: Settled, ends: Map<number, Settled>): void {
    ends.set(index, end)
    if (end.kind !== 'refused' || end.replayed) return
    this.#services.refusals.count({
      reason: end.refusal.code,
      channel: command.channel,
      organizer: command.event?.organizer ?? '',
      venueNis: command.event?.venueNis ?? 0,
    })
  }

  async #refresh(stale: readonly Prepared[]): Promise<void> {
    const lanes = new Set(stale.map(({ command }) => laneOf(command.holder?.number ?? 0, this.#services.lanes)))
    await Promise.all([...lanes].map((lane) => this.#services.registry.refresh(lane)))
  }
}

function answerOf(decision: Decision, { event, source }: { event: Event | undefined; source: CheckinRequest }): CheckinAnswer {
  // The answer to a line of a batch shows no event, and there are many of them to keep for a day.
  const shown = source.channel === 'BATCH' ? undefined : event
  const base = { event: shown?.id ?? '', title: shown?.title ?? '', ...(source.passholder && { passholder: source.passholder }) }
  if (decision.kind === 'refused') return { ...base, points: 0, flags: [], refusal: decision.refusal }
  const { otherwise } = decision.proposal
  return {
    ...base,
    ...worthOf(decision.proposal),
    ...(otherwise && { otherwise: worthOf(otherwise) }),
    ...(event?.checkinLimit && { limit: event.checkinLimit }),
  }
}

function worthOf({ record }: Entry): Pick<CheckinAnswer, 'points' | 'flags'> {
  return record.kind === 'transaction'
    ? { points: record.transaction.points, flags: record.transaction.flags }
    : { points: 0, flags: [] }
}

/** Registry entries that the decision used. */
function entitiesOf({ holder, card, event }: CheckinCommand): readonly string[] {
  const entities: string[] = []
  if (holder) entities.push(entityName('holder', holder.number))
  if (card) entities.push(entityName('card', card.number))
  if (event) entities.push(entityName('event', event.number))
  if (event && event.programme !== DEFAULT_PROGRAMME) entities.push(`programme/${event.programme}`)
  return entities
}

function endOf(ends: ReadonlyMap<number, Settled>, index: number): Settled {
  const end = ends.get(index)
  if (!end) throw new Error(`Check-in ${index} has no end`)
  return end
}
