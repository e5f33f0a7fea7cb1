/** What a scenario is played on: read by k6 for its shape, and by Zuil for what the registry needs beforehand. */
export interface Scenario {
  /** Answered by the thresholds and the verdict. */
  readonly question: string
  /** Where people come: an event of these categories of the population at each of so many hosts, in the largest places first. */
  readonly doors: { readonly categories: readonly string[]; readonly most: number }
  /** Scanners check in, which may do nothing else and are not told who it was; absent: counters, which are. */
  readonly hasScanners?: boolean
  /** Requests a second at the peak, when nothing else is asked for. */
  readonly rate: number
  readonly seconds: number
  readonly holders: number
  /** Card systems by a part of their name; absent: all of Flanders, whose registry takes a while to fill. */
  readonly regions?: readonly string[]
  /** A reward that everybody wants; each holder has the points for it once. */
  readonly reward?: { readonly units: number; readonly points: number }
  /** Tickets at the social tariff of the first event, for all passholders together. */
  readonly ticketsMax?: number
}

const EVERYWHERE = { categories: ['library', 'pool', 'museum', 'concert', 'film'], most: 200 } as const

/** Three towns in the east. */
const ONE_REGION = ['Maasland'] as const

/** One scenario a file, of the same name in this folder. */
export const SCENARIOS = {
  'pool-morning': {
    question: 'A wet morning in the autumn holidays: everybody goes swimming, and many buy at kansentarief. Does the queue move?',
    doors: { categories: ['pool'], most: 60 },
    rate: 400,
    seconds: 60,
    holders: 20_000,
  },
  'festival-doors': {
    question: 'The doors of a festival open: twenty times as many check-ins within a minute, at five events. Does it hold?',
    doors: { categories: ['concert'], most: 5 },
    hasScanners: true,
    rate: 1_000,
    seconds: 60,
    holders: 20_000,
  },
  'library-saturday': {
    question: 'Saturday in all libraries at once: kiosks and counters, the whole day long. Is every scan answered at once?',
    doors: { categories: ['library'], most: 120 },
    rate: 300,
    seconds: 60,
    holders: 20_000,
  },
  'ticket-release': {
    question: 'At noon 500 tickets at kansentarief and 1,000 rewards are released. Are exactly so many given out, and no more?',
    doors: { categories: ['concert'], most: 5 },
    rate: 300,
    seconds: 30,
    holders: 20_000,
    reward: { units: 1_000, points: 5 },
    ticketsMax: 500,
  },
  'family-scans': {
    question: 'Families scan one code with one call for each member at once, somebody twice. Does each get the points once?',
    doors: { categories: ['museum', 'library'], most: 40 },
    rate: 60,
    seconds: 30,
    holders: 10_000,
  },
  'kiosks-back': {
    question: 'Kiosks come back after a night offline and tell everything at once. Do those who check in now notice?',
    doors: { categories: ['library', 'pool'], most: 120 },
    rate: 100,
    seconds: 30,
    holders: 20_000,
  },
  'reconnecting-fleet': {
    question: 'The network comes back, and every counter asks for a new token at once. How soon can they work?',
    doors: { categories: ['library', 'pool', 'concert'], most: 200 },
    rate: 100,
    seconds: 30,
    holders: 10_000,
  },
  'fast-forward-day': {
    question: 'A whole day in minutes, each hour as busy as the population makes it. Is everything as it was in the evening?',
    doors: EVERYWHERE,
    rate: 400,
    seconds: 120,
    holders: 30_000,
  },
  soak: {
    question: 'Half an hour of steady traffic. Does anything grow that should not, or become slow?',
    doors: EVERYWHERE,
    rate: 200,
    seconds: 1_800,
    holders: 50_000,
  },
  smoke: {
    question: 'Does all of it work: a few seconds of everything, without promises on speed.',
    doors: { categories: ['library', 'pool'], most: 20 },
    rate: 20,
    seconds: 5,
    holders: 500,
    regions: ONE_REGION,
  },
  'dashboard-readers': {
    question: 'Everybody looks at the dashboard during the peak. Do check-ins notice, and are the pages still there?',
    doors: EVERYWHERE,
    rate: 300,
    seconds: 60,
    holders: 20_000,
  },
} as const satisfies Readonly<Record<string, Scenario>>

export type ScenarioName = keyof typeof SCENARIOS

/** What people do during a drill: steadily, everywhere, without promises on how fast. In the file `drill-traffic.ts`. */
export const DRILL_TRAFFIC = {
  question: 'Steady traffic, to which something is done.',
  doors: EVERYWHERE,
  rate: 150,
  seconds: 30,
  holders: 5_000,
  regions: ONE_REGION,
} as const satisfies Scenario
