import { formatDay, SOCIAL_TARIFF_ID, type Transaction } from '@zuil/core'
import type { HistoryDay } from '../history/history.ts'
import { CATEGORIES } from '../offer/category.ts'
import { TRAIT } from '../people/people.ts'
import type { World } from '../world.ts'
import { isWithin, readTargets, type Target } from './target.ts'

export interface FitRow {
  readonly target: Target
  /** Undefined when these years and regions say nothing about it. */
  readonly got: number | undefined
  readonly isOk: boolean
}

/** What is added up for one target. */
interface Sums {
  count: number
  points: number
  redeemed: number
  rewards: number
  regularPrice: number
  paid: number
  owed: number
  owedSport: number
  readonly savers: Set<number>
  readonly types: Map<string, number>
}

/** NIS codes of the Brussels region. */
const isBrussels = (nis: number) => nis >= 21_001 && nis <= 21_019
/** A sample of one in more than so many people has not the organizers of all. */
const ORGANIZERS_STAND_FOR_MAX = 1.3

/** How near a history comes to what was published; a sample is scaled up to Flanders. */
export class Fit {
  readonly #world: World
  readonly #targets = readTargets()
  readonly #sums: readonly Sums[]

  constructor(world: World) {
    this.#world = world
    this.#sums = this.#targets.map(emptySums)
  }

  observe({ day, records }: HistoryDay): void {
    const open = [...this.#targets.keys()].filter((index) => {
      const target = this.#targets[index]
      return target && target.from > 0 && day >= target.from && day <= target.until
    })
    for (const { record, isTakenBack } of records) {
      if (record.kind !== 'transaction' || isTakenBack || record.transaction.flags.length > 0) continue
      for (const index of open) {
        const [target, sums] = [this.#targets[index], this.#sums[index]]
        if (target && sums && this.#isInScope(target, record.transaction.homeNis)) addTo(sums, record.transaction)
      }
    }
  }

  rows(): readonly FitRow[] {
    return this.#targets.map((target, index) => {
      const sums = this.#sums[index] ?? emptySums()
      const got = this.#isCovered(target) ? this.#value(target, sums) : undefined
      return { target, got, isOk: got === undefined || isWithin(target, got) }
    })
  }

  /** Stocks follow from the world, flows need all of their days in the history; both need everybody in their scope. */
  #isCovered({ from, until, metric, scope }: Target): boolean {
    const { options, geography } = this.#world
    if ((options.regions ?? []).length > 0) return false
    const isRank = metric.endsWith('-rank')
    if (metric === 'organizers' && this.#world.people.standsFor > ORGANIZERS_STAND_FOR_MAX) return false
    if (scope !== 'all' && scope !== 'Brussel' && !geography.places.some(({ name }) => name === scope)) return false
    return from === 0 ? until < options.until : isRank || (options.from <= from && until < options.until)
  }

  #value(target: Target, sums: Sums): number {
    const { standsFor } = this.#world.people
    switch (target.metric) {
      case 'passholders':
        return this.#holders(target).length * standsFor
      case 'social-tariff-share':
        return this.#socialShare(target)
      case 'municipalities':
        return this.#world.geography.places.filter(({ since, nis }) => since <= target.until && !isBrussels(nis)).length
      case 'organizers':
        return this.#world.hosts.filter(
          ({ onboardedOn, organizer }) => onboardedOn <= target.until && this.#isInScope(target, organizer.nis),
        ).length
      case 'check-ins':
        return sums.count * standsFor
      case 'points-redeemed-share':
        return (100 * sums.redeemed) / sums.points
      case 'points-per-reward':
        return sums.redeemed / sums.rewards
      case 'rewards-taken':
        return sums.rewards * standsFor
      case 'active-savers-share':
        return (100 * sums.savers.size) / this.#holders(target).length
      case 'points-per-active-saver':
        return sums.points / sums.savers.size
      case 'local-government-share':
        return (sums.owed * standsFor) / 100
      case 'sport-of-refunds-share':
        return (100 * sums.owedSport) / sums.owed
      case 'discount':
        return 100 - (100 * sums.paid) / sums.regularPrice
      case 'library-rank':
        return rankOf('library', sums.types)
      case 'pool-rank':
        return rankOf('pool', sums.types)
    }
  }

  /** Indexes of those who registered by the end of the target's days. */
  #holders(target: Target): number[] {
    const { people, geography } = this.#world
    const indexes: number[] = []
    for (let i = 0; i < people.count; i++) {
      const isThere = (people.joinedOn[i] ?? 0) <= target.until && ((people.traits[i] ?? 0) & TRAIT.group) === 0
      const isOld = ((people.traits[i] ?? 0) & TRAIT.predecessor) !== 0
      if (isThere && !isOld && this.#isInScope(target, geography.places[people.place[i] ?? 0]?.nis ?? 0)) indexes.push(i)
    }
    return indexes
  }

  #socialShare(target: Target): number {
    const holders = this.#holders(target)
    const social = holders.filter((i) => ((this.#world.people.traits[i] ?? 0) & TRAIT.socialTariff) !== 0)
    return (100 * social.length) / holders.length
  }

  #isInScope({ scope }: Target, nis: number): boolean {
    if (scope === 'all') return true
    if (scope === 'Brussel') return isBrussels(nis)
    return this.#world.geography.places.some(
      (place) => place.name === scope && (place.nis === nis || place.mergedFrom.includes(nis)),
    )
  }
}

function emptySums(): Sums {
  const numbers = { count: 0, points: 0, redeemed: 0, rewards: 0, regularPrice: 0, paid: 0, owed: 0, owedSport: 0 }
  return { ...numbers, savers: new Set(), types: new Map() }
}

function addTo(sums: Sums, { kind, points, holder, eventType, exchange }: Transaction): void {
  if (kind === 'CHECKIN') {
    sums.count += 1
    sums.points += points
    sums.savers.add(holder)
    sums.types.set(eventType, (sums.types.get(eventType) ?? 0) + 1)
  }
  if (kind === 'REDEMPTION' && points < 0) {
    sums.redeemed -= points
    sums.rewards += 1
  }
  if (kind !== 'TICKET_SALE' || exchange?.tariff !== SOCIAL_TARIFF_ID) return
  sums.regularPrice += exchange.regularPrice
  sums.paid += exchange.price
  sums.owed += exchange.localGovernmentShare
  const isSport = CATEGORIES.some(({ id, type }) => type === eventType && (id === 'pool' || id === 'sport'))
  if (isSport) sums.owedSport += exchange.localGovernmentShare
}

/** 1 for the category with most check-ins. */
function rankOf(category: string, types: ReadonlyMap<string, number>): number {
  const wanted = types.get(CATEGORIES.find(({ id }) => id === category)?.type ?? '') ?? 0
  return 1 + [...types.values()].filter((count) => count > wanted).length
}

/** The rows as a table for people to read. */
export function fitTable(rows: readonly FitRow[]): string {
  const lines = rows.map(({ target, got, isOk }) => {
    const when = target.from > 0 ? `${formatDay(target.from)} to ${formatDay(target.until)}` : formatDay(target.until)
    const value = got === undefined ? '-' : String(Math.round(got * 10) / 10)
    const verdict = got === undefined ? 'not in these years' : isOk ? 'ok' : 'OFF'
    return [target.metric, target.scope, when, `${target.value} ${target.unit}`, value, `±${target.tolerance}`, verdict]
  })
  const table = [['figure', 'scope', 'when', 'target', 'got', 'tolerance', ''], ...lines]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)))
  return table
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
