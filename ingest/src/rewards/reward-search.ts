import { DEFAULT_PROGRAMME, entityId, isLastChance, isWithin, type Reward } from '@zuil/core'
import {
  REWARD_SORT_FIELDS,
  type RewardFacet,
  type RewardSortField,
  type RewardsBody,
  type RewardsQuery,
} from '@zuil/core/contracts/http-reward'
import type { StoredReward } from '../registry/entity-draft.ts'
import type { Registry } from '../registry/registry.ts'

export interface SearchContext {
  readonly registry: Pick<Registry, 'cardSystem' | 'organizer' | 'programmes'>
  /** Epoch ms. */
  readonly now: number
}

type Test = (stored: StoredReward) => boolean
type Facets = NonNullable<RewardsBody['facet']>

/** What was asked for, as one test for each parameter: a facet leaves out its own. */
export class RewardSearch {
  readonly #tests = new Map<string, Test>()
  readonly #context: SearchContext

  constructor(query: RewardsQuery, context: SearchContext) {
    this.#context = context
    this.#addProgramme(query)
    this.#addPlaces(query)
    this.#addKinds(query)
  }

  matches(stored: StoredReward, except?: RewardFacet): boolean {
    for (const [name, test] of this.#tests) if (name !== except && !test(stored)) return false
    return true
  }

  /** How many there are for each value of the facets, with all other filters. */
  facets(names: readonly RewardFacet[], rewards: readonly StoredReward[]): Facets {
    return Object.fromEntries(
      names.map((name) => {
        const counts = new Map<string, number>()
        for (const stored of rewards) {
          if (!this.matches(stored, name)) continue
          for (const value of this.#valuesOf(name, stored.reward)) counts.set(value, (counts.get(value) ?? 0) + 1)
        }
        const labelled = [...counts].map(([value, count]) => [value, { name: { nl: this.#labelOf(name, value) }, count }])
        return [name, Object.fromEntries(labelled)]
      }),
    )
  }

  /** Rewards of UiTPAS; of another programme for who names one of its card systems or one of its passholders. */
  #addProgramme({ owningCardSystemId, applicableCardSystemId, ...query }: RewardsQuery): void {
    if (query.isRedeemableByPassholderId !== undefined || query.isInterestingForPassholderId !== undefined) return
    const cardSystems = [...listOf(owningCardSystemId), ...listOf(applicableCardSystemId)].map(Number)
    const wanted = cardSystems.length > 0 ? cardSystems.map(this.#context.registry.programmes.programmeOf) : [DEFAULT_PROGRAMME]
    this.#tests.set('programme', ({ reward }) => wanted.includes(reward.programme))
  }

  #addPlaces(query: RewardsQuery): void {
    const { registry } = this.#context
    const organizers = listOf(query.organizerId).map(entityId)
    const postalCodes = listOf(query.organizerPostalCode)
    const owning = listOf(query.owningCardSystemId).map(Number)
    const applicable = listOf(query.applicableCardSystemId).map(Number)
    const text = query.text?.trim().toLowerCase() ?? ''
    // A reward that names no organizer can be had at all of them.
    const isAt = (reward: Reward, test: (id: string) => boolean) => reward.organizers.length === 0 || reward.organizers.some(test)
    if (organizers.length > 0)
      this.#tests.set('organizerId', ({ reward }) => isAt(reward, (id) => organizers.includes(entityId(id))))
    if (postalCodes.length > 0) {
      const isThere = (id: string) => postalCodes.includes(registry.organizer(id)?.postalCode ?? '')
      this.#tests.set('organizerPostalCode', ({ reward }) => isAt(reward, isThere))
    }
    if (owning.length > 0) this.#tests.set('owningCardSystemId', ({ reward }) => owning.includes(reward.owningCardSystem))
    if (applicable.length > 0) {
      const isApplicable: Test = ({ reward: { cardSystems } }) =>
        cardSystems.length === 0 || cardSystems.some((id) => applicable.includes(id))
      this.#tests.set('applicableCardSystemId', isApplicable)
    }
    if (text !== '') this.#tests.set('text', ({ reward }) => this.#wordsOf(reward).some((words) => words.includes(text)))
  }

  #addKinds(query: RewardsQuery): void {
    const { now } = this.#context
    const { type = 'POINTS', subset = 'ENDUSERS', status, pointsFrom, pointsTo } = query
    const categories = listOf(query.categories)
    if (type !== 'ANY') this.#tests.set('type', ({ reward }) => reward.type === type)
    if (subset !== 'ALL') this.#tests.set('subset', ({ reward }) => this.#isInSubset(reward, subset))
    if (status) this.#tests.set('status', ({ reward }) => reward.status === status)
    if (categories.length > 0) {
      this.#tests.set('categories', ({ reward }) => reward.categories.some((category) => categories.includes(category)))
    }
    if (pointsFrom !== undefined) this.#tests.set('pointsFrom', ({ reward }) => reward.points >= Number(pointsFrom))
    if (pointsTo !== undefined) this.#tests.set('pointsTo', ({ reward }) => reward.points <= Number(pointsTo))
    for (const name of ['sport', 'forKids', 'featured', 'online'] as const) {
      const wanted = query[name]
      if (wanted) this.#tests.set(name, ({ reward }) => String(reward[name]) === wanted)
    }
    if (query.lastChance) {
      this.#tests.set('lastChance', ({ reward }) => String(isLastChance(reward, now)) === query.lastChance)
    }
  }

  #isInSubset(reward: Reward, subset: Exclude<NonNullable<RewardsQuery['subset']>, 'ALL'>): boolean {
    const { registry, now } = this.#context
    const isPermanent = registry.cardSystem(reward.owningCardSystem)?.permanent ?? true
    if (reward.status !== 'ACTIVE' || !isPermanent) return false
    const isEndUsers = subset === 'ENDUSERS' || subset === 'ENDUSER-FUTURE'
    if (isEndUsers && !isWithin(reward.publication, now)) return false
    const isFuture = subset === 'ENDUSER-FUTURE' || subset === 'REDEEMABLE-FUTURE'
    return isFuture ? reward.redeem !== undefined && reward.redeem.from > now : isWithin(reward.redeem, now)
  }

  #wordsOf(reward: Reward): readonly string[] {
    const organizers = reward.organizers.flatMap((id) => this.#context.registry.organizer(id) ?? [])
    return [reward.title, ...organizers.flatMap(({ name, city = '' }) => [name, city])].map((text) => text.toLowerCase())
  }

  #valuesOf(name: RewardFacet, reward: Reward): readonly string[] {
    switch (name) {
      case 'categories':
        return reward.categories
      case 'owningCardSystemId':
        return reward.owningCardSystem > 0 ? [String(reward.owningCardSystem)] : []
      case 'lastChance':
        return [String(isLastChance(reward, this.#context.now))]
      case 'forKids':
      case 'sport':
      case 'online':
      case 'type':
        return [String(reward[name])]
    }
  }

  #labelOf(name: RewardFacet, value: string): string {
    if (name === 'owningCardSystemId') return this.#context.registry.cardSystem(Number(value))?.name ?? value
    return LABELS[`${name} ${value}`] ?? value
  }
}

const LABELS: Readonly<Record<string, string>> = {
  'forKids true': 'Speciaal voor kinderen',
  'forKids false': 'Niet speciaal voor kinderen',
  'sport true': 'Sportvoordelen',
  'sport false': 'Geen sportvoordelen',
  'online true': 'Online om te ruilen',
  'online false': 'Om te ruilen aan de balie',
  'lastChance true': 'Laatste kans',
  'lastChance false': 'Nog een tijd te ruilen',
  'type POINTS': 'Omruilvoordelen',
  'type WELCOME': 'Welkomstvoordelen',
}

/** What `sort` says, else the deprecated parameters, each of which names one field; in the order of the fields. */
export function rewardSort(query: RewardsQuery): string {
  if (query.sort !== undefined) return query.sort
  const directions: Readonly<Record<RewardSortField, 'asc' | 'desc' | undefined>> = {
    name: query['sort[name]'],
    creationdate: query['sort[creationDate]'],
    redeemCount: query['sort[redeemCount]'],
    featured: query['sort[featured]'],
    points: query['sort[points]'],
  }
  return REWARD_SORT_FIELDS.flatMap((field) => {
    const direction = directions[field]
    return direction === undefined ? [] : [direction === 'desc' ? `-${field}` : field]
  }).join(',')
}

/** Sorted by the fields in their order, then by creation, so that pages stay as they are. */
export function sortRewards(rewards: StoredReward[], sort: string, taken: ReadonlyMap<number, number>): StoredReward[] {
  const fields = sort.split(',').filter((field) => field !== '')
  const compare = fields.map((field) => {
    const isDown = field.startsWith('-')
    // The schema of the query lets through these fields only.
    const order = ORDERS[(isDown ? field.slice(1) : field) as RewardSortField]
    return isDown ? (a: Reward, b: Reward) => order(b, a, taken) : (a: Reward, b: Reward) => order(a, b, taken)
  })
  return rewards.sort((a, b) => {
    for (const each of compare) {
      const difference = each(a.reward, b.reward)
      if (difference !== 0) return difference
    }
    return a.reward.number - b.reward.number
  })
}

type Order = (a: Reward, b: Reward, taken: ReadonlyMap<number, number>) => number

/** Numbers are given out in the order of creation. */
const ORDERS: Readonly<Record<RewardSortField, Order>> = {
  name: (a, b) => a.title.localeCompare(b.title, 'nl'),
  creationdate: (a, b) => a.number - b.number,
  redeemCount: (a, b, taken) => (taken.get(a.number) ?? 0) - (taken.get(b.number) ?? 0),
  featured: (a, b) => Number(a.featured) - Number(b.featured),
  points: (a, b) => a.points - b.points,
}

export function listOf<T extends string>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
