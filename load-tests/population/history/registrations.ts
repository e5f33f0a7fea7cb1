import {
  bonusProposal,
  brusselsDay,
  DEFAULT_PROGRAMME,
  grantProposal,
  isGrantedOn,
  pointsCounter,
  type Reward,
  startOfDay,
} from '@zuil/core'
import {
  projectionOfCardSystem,
  projectionOfEvent,
  projectionOfHolder,
  projectionOfKiosk,
  projectionOfMunicipality,
  projectionOfOrganizer,
  projectionOfProgramme,
  projectionOfReward,
} from '@zuil/core/contracts/projection'
import { NEVER, TRAIT } from '../people/people.ts'
import { PREDECESSOR, type Region } from '../place/place.ts'
import { PREDECESSOR_PROGRAMME, PROGRAMMES } from '../place/programmes.ts'
import { ACTION, plan, type Steps } from './actions.ts'
import { TARIFF } from './holder-state.ts'
import { journal, type Scene } from './scene.ts'
import { tariffEnd } from './tariff-rounds.ts'

const HOUR_MS = 3_600_000
const WELCOME_COLLECTED_SHARE = 0.22
const WELCOME_DAYS = 110
const COUPON_SHARE = 0.5
const AMBASSADOR_POINTS = 5

/** Registers, moves and publishes: everything that changes the registry, as the projections that the journal gets of it. */
export class Registrations {
  readonly steps = {
    [ACTION.register]: ({ holder, at }) => this.#register(holder, at),
    [ACTION.move]: ({ holder, at }) => this.#move(holder, at),
    [ACTION.replaceCard]: ({ holder }) => this.#scene.state.giveCard(holder),
    [ACTION.publish]: ({ subject, at }) => this.#publish(subject, at),
    [ACTION.onboard]: ({ subject, at }) => this.#onboard(subject, at),
    [ACTION.join]: ({ subject, at }) => this.#join(subject, at),
    [ACTION.merge]: ({ subject, at }) => this.#merge(subject, at),
    [ACTION.replacePredecessor]: ({ holder, at }) => this.#replacePredecessor(holder, at),
  } satisfies Steps
  readonly #scene: Scene
  readonly #enrol: (i: number, day: number) => void
  readonly #byMove: Uint32Array
  readonly #byReplacement: Uint32Array
  readonly #welcomeRewards: readonly Reward[]
  #joined = 0
  #moved = 0
  #replaced = 0
  #published = 0

  constructor(scene: Scene, enrol: (i: number, day: number) => void) {
    this.#scene = scene
    this.#enrol = enrol
    const { people, rewards } = scene.world
    this.#welcomeRewards = rewards.filter(({ type }) => type === 'WELCOME')
    this.#byMove = holdersByDay(people.movedOn)
    this.#byReplacement = holdersByDay(people.replacedOn)
  }

  /** What was there before the history begins, at its first instant; in steps, because it is as much as months of history. */
  *open(): Generator<void> {
    const { world } = this.#scene
    const { options, geography, rewards, hosts } = world
    const at = startOfDay(options.from)
    for (const place of geography.places) {
      const { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom } = place
      const municipality = { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom }
      journal(this.#scene, projectionOfMunicipality(municipality), at)
    }
    for (const region of geography.regions) this.#journalRegion(region, options.from, at)
    this.#journalPredecessor(at)
    for (const reward of rewards) journal(this.#scene, projectionOfReward(reward), at)
    for (const [index, host] of hosts.entries()) if (host.onboardedOn < options.from) this.#onboard(index, at)
    this.#publishBefore(options.from, at)
    yield* this.#registerBefore(options.from, at)
  }

  planDay(day: number): void {
    const { world, queue, dice } = this.#scene
    const { people, geography, hosts, offers } = world
    const morning = startOfDay(day) + 9 * HOUR_MS
    const during = () => morning + dice.below(9 * HOUR_MS)
    for (; this.#joined < people.count && (people.joinedOn[this.#joined] ?? 0) <= day; this.#joined++)
      queue.push(plan(ACTION.register, during(), { holder: this.#joined }))
    for (; people.movedOn[this.#byMove[this.#moved] ?? -1] === day; this.#moved++)
      queue.push(plan(ACTION.move, during(), { holder: this.#byMove[this.#moved] ?? 0 }))
    for (; people.replacedOn[this.#byReplacement[this.#replaced] ?? -1] === day; this.#replaced++)
      queue.push(plan(ACTION.replaceCard, during(), { holder: this.#byReplacement[this.#replaced] ?? 0 }))
    for (; this.#published < offers.count && (offers.publishedOn[this.#published] ?? 0) <= day; this.#published++)
      queue.push(plan(ACTION.publish, startOfDay(day) + 1, { subject: this.#published }))
    for (let index = 0; index < hosts.length; index++)
      if (hosts[index]?.onboardedOn === day) queue.push(plan(ACTION.onboard, startOfDay(day), { subject: index }))
    for (const [index, { since, cardSystem, mergedOn }] of geography.places.entries()) {
      if (since === day) queue.push(plan(ACTION.join, startOfDay(day), { subject: index }))
      if (mergedOn === day) queue.push(plan(ACTION.merge, startOfDay(day), { subject: index }))
      if (since === day && cardSystem === PREDECESSOR.replacedBy) this.#planReplacement(index, day)
    }
  }

  #journalRegion({ id, name, earlierName, places }: Region, day: number, at: number): void {
    const all = this.#scene.world.geography.places
    const members = places.flatMap((index) => all[index] ?? []).filter(({ since }) => since <= day)
    const isWhole = members.length === places.length || earlierName === name
    const cities = members.flatMap((place) =>
      place.postalCodes.map((postalCode) => ({ postalCode, name: place.name, nis: place.nis })),
    )
    if (members.length === 0) return
    journal(this.#scene, projectionOfCardSystem({ id, name: isWhole ? name : earlierName, permanent: true, cities }), at)
  }

  #journalPredecessor(at: number): void {
    const region = this.#scene.world.geography.regions.find(({ id }) => id === PREDECESSOR.replacedBy)
    const { cardSystem: id, name } = PREDECESSOR
    if (!region) return
    journal(this.#scene, projectionOfProgramme(PREDECESSOR_PROGRAMME), at)
    journal(this.#scene, projectionOfCardSystem({ id, name, permanent: false, cities: [] }), at)
  }

  #join(place: number, at: number): void {
    const { geography } = this.#scene.world
    const region = geography.regions.find(({ places }) => places.includes(place))
    if (region) this.#journalRegion(region, geography.places[place]?.since ?? 0, at)
  }

  #onboard(index: number, at: number): void {
    const host = this.#scene.world.hosts[index]
    if (!host) return
    const { organizer, location, locationName: name, kiosk } = host
    journal(this.#scene, projectionOfOrganizer(organizer), at)
    if (kiosk === '') return
    const [cardSystem = 0] = organizer.cardSystems
    const body = { id: kiosk, name: `Zuil ${name}`, cardSystem, releaseTrack: 'stable' as const }
    journal(this.#scene, projectionOfKiosk({ ...body, organizers: [organizer.id], locations: [{ id: location, name }] }), at)
  }

  #publish(offer: number, at: number): void {
    journal(this.#scene, projectionOfEvent(this.#scene.world.events.event(offer)), at)
  }

  #publishBefore(day: number, at: number): void {
    const { offers } = this.#scene.world
    for (; this.#published < offers.count && (offers.publishedOn[this.#published] ?? 0) < day; this.#published++)
      this.#publish(this.#published, at)
  }

  /** Whoever registered before the history has no points yet: what came before it is not told. */
  *#registerBefore(day: number, at: number): Generator<void> {
    const { people } = this.#scene.world
    for (; this.#joined < people.count && (people.joinedOn[this.#joined] ?? 0) < day; this.#joined++) {
      this.#settle(this.#joined, day)
      this.#journalHolder(this.#joined, at)
      this.#enrol(this.#joined, day)
      yield
    }
    for (; (people.movedOn[this.#byMove[this.#moved] ?? -1] ?? NEVER) < day; this.#moved++) {
      const i = this.#byMove[this.#moved] ?? 0
      this.#settleElsewhere(i)
      this.#journalHolder(i, at)
    }
    while ((people.replacedOn[this.#byReplacement[this.#replaced] ?? -1] ?? NEVER) < day) this.#replaced += 1
  }

  #settle(i: number, day: number): void {
    const { world, state, dice } = this.#scene
    const { people, geography } = world
    const place = geography.places[people.place[i] ?? 0]
    const isWaiting = state.has(i, TRAIT.predecessor) && day < (place?.since ?? 0)
    state.system[i] = isWaiting ? PREDECESSOR.cardSystem : (place?.cardSystem ?? 0)
    state.giveCard(i)
    if (state.isGroup(i)) {
      state.tariff[i] = TARIFF.active
    } else if (state.has(i, TRAIT.socialTariff)) {
      state.tariff[i] = TARIFF.active
      state.tariffEndsAt[i] = tariffEnd(people.joinedOn[i] ?? day, day)
    } else if (dice.chance(COUPON_SHARE)) {
      state.couponOn[i] = people.joinedOn[i] ?? 0
    }
  }

  #register(i: number, at: number): void {
    const { world, state } = this.#scene
    const day = world.people.joinedOn[i] ?? 0
    this.#settle(i, day)
    this.#journalHolder(i, at)
    this.#enrol(i, day)
    if (state.isGroup(i)) return
    this.#grant(i, at)
    if (state.has(i, TRAIT.ambassador)) {
      this.#giveBonus(i, at, { id: `welcome-${i}`, points: AMBASSADOR_POINTS, label: 'Welkom bij UiTPAS' })
    }
  }

  #grant(i: number, at: number): void {
    const { state, dice, ledger, queue, emit } = this.#scene
    const holder = state.holder(i, brusselsDay(at))
    const joined = { homeNis: holder.homeNis, programmes: PROGRAMMES }
    const cardSystem = state.system[i] ?? 0
    for (const reward of this.#welcomeRewards) {
      if (!isGrantedOn(reward, { cardSystem, since: at }, joined)) continue
      const outcome = ledger.commit(grantProposal({ now: at, reward, holder, card: state.cardOf(i) }), at)
      if (outcome.kind !== 'committed') continue
      emit({ position: outcome.position, record: outcome.entry.record, isTakenBack: false })
      const collectedAt = at + dice.below(WELCOME_DAYS * 24) * HOUR_MS
      if (dice.chance(WELCOME_COLLECTED_SHARE))
        queue.push(plan(ACTION.collectWelcome, collectedAt, { holder: i, subject: reward.number - 1 }))
    }
  }

  #giveBonus(i: number, at: number, gift: { id: string; points: number; label: string }): void {
    const { state, ledger, emit } = this.#scene
    const holder = state.holder(i, brusselsDay(at))
    const bonus = { ...gift, to: { passholderId: '' }, programme: DEFAULT_PROGRAMME }
    const proposal = bonusProposal({ now: at, bonus, holder, card: state.cardOf(i) })
    const outcome = ledger.commit(proposal, at)
    if (outcome.kind === 'committed') emit({ position: outcome.position, record: outcome.entry.record, isTakenBack: false })
  }

  #move(i: number, at: number): void {
    const { state } = this.#scene
    const before = state.system[i]
    this.#settleElsewhere(i)
    this.#journalHolder(i, at)
    if (state.system[i] !== before && !state.isGroup(i)) this.#grant(i, at)
  }

  /** Another region: a new membership and card; the social tariff ends, and most get it there anew. Points stay. */
  #settleElsewhere(i: number): void {
    const { world, state, dice } = this.#scene
    const { people, geography } = world
    state.home[i] = people.movedTo[i] ?? 0
    const place = geography.places[state.home[i] ?? 0]
    const isOther = place && place.cardSystem !== state.system[i] && (people.movedOn[i] ?? 0) >= place.since
    if (!isOther || state.system[i] === PREDECESSOR.cardSystem) return
    state.olderSystem[i] = state.system[i] ?? 0
    state.system[i] = place.cardSystem
    state.couponOn[i] = 0
    state.giveCard(i)
    const isLost = state.hasSocialTariff(i) && !state.isGroup(i) && dice.chance(0.3)
    if (isLost) state.tariff[i] = TARIFF.none
  }

  #merge(place: number, at: number): void {
    const { state } = this.#scene
    for (let i = 0; i < this.#joined; i++) if (state.home[i] === place && (state.card[i] ?? 0) > 0) this.#journalHolder(i, at)
  }

  #planReplacement(place: number, day: number): void {
    const { state, queue } = this.#scene
    for (let i = 0; i < this.#joined; i++) {
      const isMeant = state.home[i] === place && state.system[i] === PREDECESSOR.cardSystem
      if (isMeant) queue.push(plan(ACTION.replacePredecessor, startOfDay(day) + 7 * HOUR_MS + i, { holder: i }))
    }
  }

  /** The points that were saved go along, and the old balance is left as it is: the old programme is closed. */
  #replacePredecessor(i: number, at: number): void {
    const { world, state, ledger } = this.#scene
    const saved = ledger.value({ counter: pointsCounter(PREDECESSOR.programme), owner: i + 1, period: '' }, at)
    state.system[i] = world.geography.places[state.home[i] ?? 0]?.cardSystem ?? PREDECESSOR.replacedBy
    state.giveCard(i)
    this.#journalHolder(i, at)
    this.#grant(i, at)
    if (saved > 0) this.#giveBonus(i, at, { id: `carried-${i}`, points: saved, label: 'Overgedragen van de Beleefpas' })
  }

  #journalHolder(i: number, at: number): void {
    journal(this.#scene, projectionOfHolder(this.#scene.state.holder(i, brusselsDay(at))), at)
  }
}

/** Indexes of the holders for whom there is such a day, by it. */
function holdersByDay(days: Int32Array): Uint32Array {
  const indexes: number[] = []
  for (let i = 0; i < days.length; i++) if ((days[i] ?? NEVER) !== NEVER) indexes.push(i)
  return Uint32Array.from(indexes).sort((a, b) => (days[a] ?? 0) - (days[b] ?? 0) || a - b)
}
