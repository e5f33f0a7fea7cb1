import {
  type Availability,
  type AvailableTariff,
  availabilityOf,
  type CommitItem,
  decideTicketSale,
  entityId,
  lostSocialTariff,
  type Refusal,
  type RequestKey,
  staticTariffs,
  type TariffType,
  type TicketLine,
  type TicketSaleCommand,
  type TicketSaleDecision,
  takenGuard,
  tariffBookOf,
  tariffsOf,
  ticketEvent,
  ticketSubject,
} from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { LedgerError } from '../ledger/ledger-error.ts'
import { entityName } from '../registry/registry.ts'
import { noteTicketSale } from '../registry/sold-event.ts'
import type { Services } from '../services.ts'
import { encodeSalesAnswer, type SettledSales, salesAnswer, settleSales } from './sales-answer.ts'

/** How often a decision is made again because the registry moved on meanwhile. Each round waits for the registry. */
const STALE_ROUNDS_MAX = 5

/** One ticket as it comes in. */
export interface TicketRequest {
  readonly eventId: string
  readonly uitpasNumber: string
  /** Id of the tariff, as sent. */
  readonly tariff: string
  /** Regular price in cents. */
  readonly price: number
  readonly label: string
}

export interface SalesSource {
  /** Sold together: all or none. */
  readonly tickets: readonly TicketRequest[]
  /** Id of the client. */
  readonly client: string
  readonly request?: RequestKey
}

export interface TariffsSource extends Pick<TicketRequest, 'eventId' | 'uitpasNumber' | 'price'> {
  /** Absent: all. */
  readonly type?: TariffType | undefined
}

type Needed = Pick<Services, 'registry' | 'store' | 'ledger' | 'counters' | 'refusals' | 'now' | 'lanes'>

/** Says what a ticket costs, and sells it: looks up, decides, commits, and decides again when the registry moved on. */
export class SalesDesk {
  readonly #services: Needed

  constructor(services: Needed) {
    this.#services = services
  }

  /** The tariffs of somebody for a ticket, as things stand. @throws {LedgerError} */
  async tariffs(source: TariffsSource): Promise<Availability | { readonly refusal: Refusal }> {
    const { registry, now, counters } = this.#services
    const at = now()
    const { programmes } = registry
    const found = ticketSubject(this.#line({ ...source, tariff: '', label: '' }), { now: at, programmes })
    if ('refusal' in found) return found
    const question = { ...found.subject, price: source.price, at }
    const book = tariffBookOf(found.subject.programme, registry.tariffs)
    const tariffs = source.price > 0 ? tariffsOf(question, book) : []
    if (source.type !== 'COUPON' && tariffs.length === 0) {
      const refusal = lostSocialTariff(question.holder, question.event.cardSystems)
      if (refusal) return { refusal }
    }
    const limits = new Set(tariffs.flatMap((tariff) => tariff.limits))
    const asked = { holder: question.holder.number, eventNumber: question.event.number, occurredAt: question.at }
    const guards = [...limits].map(({ take }) => takenGuard(take, asked))
    const values = await counters.read(guards)
    const left = new Map([...limits].map((limit, index) => [limit, limit.limit.volume - (values[index] ?? 0)] as const))
    return availabilityOf(question, tariffs, { remainingOf: (limit) => left.get(limit) ?? 0, type: source.type })
  }

  /** The social tariff before anybody is known. */
  staticTariffs(source: Pick<TicketRequest, 'eventId' | 'price'>): readonly AvailableTariff[] | { readonly refusal: Refusal } {
    const { registry, now } = this.#services
    const found = ticketEvent({ eventId: source.eventId, event: registry.event(source.eventId) })
    if ('refusal' in found) return found
    const { event } = found
    const organizer = registry.organizer(event.organizer)
    const programme = registry.programmes.programme(event.programme)
    if (source.price === 0 || !programme?.hasTariffs) return []
    return staticTariffs({ event, organizer, price: source.price, at: now() }, registry.tariffs)
  }

  /**
   * How the request ended, as a whole.
   * @throws {LedgerError} when the ledger takes no work; with a request key it is safe to send everything again
   */
  async sell(source: SalesSource): Promise<SettledSales> {
    const { registry, ledger, lanes } = this.#services
    for (let round = 0; round <= STALE_ROUNDS_MAX; round++) {
      const command = this.#command(source)
      const [owner = 0] = holdersOf(command)
      const [home = 0, ...further] = new Set([owner, ...holdersOf(command)].map((holder) => laneOf(holder, lanes)))
      const decision = decideTicketSale(command)
      const answer = salesAnswer(decision)
      if (decision.kind === 'refused' && !source.request) return this.#refused(command, { ...decision, replayed: false })
      if (decision.kind === 'proposed') await this.#noteEvents(command)
      const item: CommitItem = {
        owner,
        entities: entitiesOf(command, decision),
        registryVersion: registry.version(home),
        ...(further.length > 0 && {
          furtherVersions: further.map((lane) => ({ lane, registryVersion: registry.version(lane) })),
        }),
        ...(decision.kind === 'proposed' && { proposal: decision.proposal }),
        ...(source.request && { request: source.request, answer: encodeSalesAnswer(answer) }),
      }
      const [outcome] = await ledger.commit([item])
      if (!outcome) throw new Error('A sale ended without an answer')
      const end = settleSales(outcome, answer)
      if (end) return end.kind === 'refused' && !end.replayed ? this.#refused(command, end) : end
      await Promise.all([home, ...further].map((lane) => registry.refresh(lane)))
    }
    throw new LedgerError('overloaded', 'The registry changes faster than ticket sales are decided')
  }

  #command({ tickets, client, request }: SalesSource): TicketSaleCommand {
    return {
      lines: tickets.map((ticket) => this.#line(ticket)),
      now: this.#services.now(),
      client,
      request: request ? `${request.id}.${request.fingerprint}` : '',
      book: this.#services.registry.tariffs,
      programmes: this.#services.registry.programmes,
    }
  }

  #line({ eventId, uitpasNumber, tariff, price, label }: TicketRequest): TicketLine {
    const { registry } = this.#services
    const event = registry.event(eventId)
    const pass = registry.byUitpasNumber(uitpasNumber)
    return {
      isNumberValid: registry.isPassNumber(uitpasNumber),
      eventId,
      event,
      organizer: event && registry.organizer(event.organizer),
      card: pass?.card,
      holder: pass?.holder,
      tariff,
      price,
      label,
    }
  }

  async #noteEvents({ lines }: TicketSaleCommand): Promise<void> {
    for (const id of new Set(lines.flatMap(({ event }) => event?.id ?? []))) await noteTicketSale(this.#services, id)
  }

  #refused(command: TicketSaleCommand, end: Extract<SettledSales, { kind: 'refused' }>): SettledSales {
    const event = command.lines[end.index]?.event
    const { organizer = '', venueNis = 0 } = event ?? {}
    this.#services.refusals.count({ reason: end.refusal.code, channel: 'COUNTER', organizer, venueNis })
    return end
  }
}

/** The first takes the records of all, so that they stand behind each other. */
function holdersOf({ lines }: TicketSaleCommand): readonly number[] {
  return lines.flatMap(({ holder }) => holder?.number ?? [])
}

/** Registry entries that the decision used. */
function entitiesOf({ lines }: TicketSaleCommand, decision: TicketSaleDecision): readonly string[] {
  const entities = new Set<string>()
  for (const [index, { holder, card, event, organizer }] of lines.entries()) {
    if (holder) entities.add(entityName('holder', holder.number))
    if (card) entities.add(entityName('card', card.number))
    if (event) entities.add(entityName('event', event.number)).add(`programme/${event.programme}`)
    if (organizer) entities.add(`organizer/${entityId(organizer.id)}`)
    const tariff = decision.kind === 'proposed' ? decision.tariffs[index] : undefined
    if (tariff) entities.add(`distribution-key/${tariff.key.id}`)
    if (tariff?.coupon) entities.add(`coupon/${entityId(tariff.coupon.id)}`)
  }
  return [...entities]
}
