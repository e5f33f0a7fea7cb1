import type { CrossDimension } from '../cross-table.ts'
import { yearOf } from './holders.ts'
import { ALL_PERIODS, coarseAge, HOME_PLACES, type TruthMeasure, YEARS } from './truth-measure.ts'
import { municipalityColumn } from './visits.ts'

/** A12: what tickets at the social tariff cost and who paid; B4: what is owed for whom to whom; C9: the same for an organizer. */
const tickets: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, { tickets: sold, places }) => {
    const value = sold.reader.bind(sold)
    const pass: CrossDimension = { id: 'pass', members: ['PERSON', 'GROUP'], of: value('isGroup') }
    const dimensions = [
      pass,
      coarseAge(sold.column('birthYear'), yearOf(residents.period)),
      municipalityColumn('destination', sold.column('venue'), places),
    ]
    const cents = {
      'regular-cents': value('regular'),
      'participant-cents': value('participant'),
      'organizer-cents': value('organizerShare'),
      'local-government-cents': value('localGovernment'),
      'flemish-government-cents': value('flemishGovernment'),
    }
    const rows = sold.between(residents.period.firstDay, residents.period.lastDay)
    const base = { rows, municipality: value('home'), organizer: value('organizer'), dimensions }
    const sums = { tickets: () => 1, ...cents }
    const owed = { 'local-government-cents': cents['local-government-cents'] }
    return [
      { ...base, measure: 'A12', places: HOME_PLACES, sets: [['pass'], ['pass', 'age-coarse']], sums, people: value('holder') },
      { ...base, measure: 'B4', places: HOME_PLACES, sets: [['destination']], sums: owed },
      { ...base, measure: 'C9', places: ['ORGANIZER'], sets: [['pass']], sums },
    ]
  },
}

/** C10: what an organizer's rewards cost its public; B13: where residents take welcome rewards. */
const rewards: TruthMeasure = {
  periods: ['QUARTER', ...YEARS],
  crossings: ({ period }, { redemptions, places, world }) => {
    const value = redemptions.reader.bind(redemptions)
    const isWelcome = value('isWelcome')
    const all = redemptions.between(period.firstDay, period.lastDay)
    const reward = { id: 'reward', members: world.rewards.map(({ id }) => id), of: value('reward') }
    const destination = municipalityColumn('destination', redemptions.column('venue'), places)
    const redeemed = { redemptions: () => 1 }
    return [
      {
        measure: 'C10',
        rows: all.filter((row) => isWelcome(row) === 0),
        places: ['ORGANIZER'],
        organizer: value('organizer'),
        dimensions: [reward],
        sets: [[], ['reward']],
        sums: { ...redeemed, points: value('points') },
        people: value('holder'),
      },
      {
        measure: 'B13',
        rows: all.filter((row) => isWelcome(row) === 1),
        places: HOME_PLACES,
        municipality: value('home'),
        dimensions: [destination],
        sets: [[], ['destination']],
        sums: redeemed,
        people: value('holder'),
      },
    ]
  },
}

export const MONEY_MEASURES: readonly TruthMeasure[] = [tickets, rewards]
