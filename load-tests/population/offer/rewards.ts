import { DAY_MS, DEFAULT_PROGRAMME, type Reward } from '@zuil/core'
import { Dice } from '../dice.ts'
import { uuid } from '../identifiers.ts'
import type { Geography } from '../place/place.ts'
import type { Host } from './organizers.ts'

const SUBJECT = 104
const ID_SUBJECT = 221
/** What is had most costs about seven points (calibration: points_per_advantage). */
const POINTS: readonly number[] = [3, 5, 5, 8, 10, 15]
const TITLES = ['Drankje', 'Boekentas', 'Zwembeurt', 'Cinematicket', 'Museumbezoek', 'Boek uit de verkoop'] as const
const CATEGORIES_OF = ['Eten en drinken', 'Gadget of item', 'Doen', 'Doen', 'Doen', 'Gadget of item'] as const

/** Rewards for points and welcome rewards of each card system; the reward of index i has the dense number i + 1. */
export function makeRewards({ places, regions }: Geography, hosts: readonly Host[], seed: number): readonly Reward[] {
  const dice = new Dice(seed, SUBJECT)
  const rewards: Reward[] = []
  for (const { id, places: members } of regions) {
    const since = Math.min(...members.map((index) => places[index]?.since ?? 0))
    const organizers = hosts.filter(({ place, kind }) => members.includes(place) && kind === 'municipal')
    const common = { owningCardSystem: id, programme: DEFAULT_PROGRAMME, forKids: false, sport: false, featured: false } as const
    const draft = () => ({
      ...common,
      id: uuid(seed, rewards.length, ID_SUBJECT),
      number: rewards.length + 1,
      publication: { from: since * DAY_MS },
      residentsOf: [],
      online: false,
      status: 'ACTIVE' as const,
    })
    for (const [kind, points] of POINTS.entries()) {
      const place = organizers[dice.below(organizers.length)]?.organizer.id
      rewards.push({
        ...draft(),
        title: TITLES[kind] ?? '',
        type: 'POINTS',
        points,
        cardSystems: kind % 2 === 0 ? [] : [id],
        organizers: place ? [place] : [],
        categories: [CATEGORIES_OF[kind] ?? 'Doen'],
        ...(kind === 4 && { unitsMax: 400 }),
        ...(kind < 3 && { redeemLimit: { volume: 1, period: 'WEEK' as const } }),
      })
    }
    const place = organizers[0]?.organizer.id
    rewards.push({
      ...draft(),
      title: 'Welkom: een gratis zwembeurt',
      type: 'WELCOME',
      points: 0,
      cardSystems: [id],
      organizers: place ? [place] : [],
      categories: [],
    })
  }
  return rewards
}
