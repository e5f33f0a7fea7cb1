import type { NowFigures, NowSource, PipelineStatus } from '../src/server/now/now-source.ts'

const MINUTE_MS = 60_000

/** Saturday 21 November 2026, 14:03:27.500 in Brussels. */
export const AFTERNOON = Date.parse('2026-11-21T13:03:27.500Z')

const VENUES = [
  [44021, 'Gent', 4210],
  [31005, 'Brugge', 2873],
  [24062, 'Leuven', 2101],
  [41002, 'Aalst', 1688],
  [35013, 'Oostende', 1541],
  [12025, 'Mechelen', 1320],
  [46021, 'Sint-Niklaas', 1112],
  [71022, 'Hasselt', 998],
  [34022, 'Kortrijk', 873],
  [36015, 'Roeselare', 640],
  [71016, 'Genk', 512],
  [13040, 'Turnhout', 431],
  [46030, 'Beveren-Kruibeke-Zwijndrecht', 402],
  [12035, 'Sint-Katelijne-Waver', 377],
  [42006, 'Dendermonde', 310],
  [12021, 'Lier', 204],
  [46014, 'Lokeren', 199],
  [23088, 'Vilvoorde', 131],
  [0, '', 17],
] as const

/** A busy Saturday; the same figures for the same instant. */
export function busyFigures(asOf: number): NowFigures {
  const running = Math.floor(asOf / MINUTE_MS) * MINUTE_MS
  const minutes = Array.from({ length: 60 }, (_, ago) => ({
    minute: running - ago * MINUTE_MS,
    checkins: Math.round((ago === 0 ? 0.45 : 1) * (42 + 24 * Math.sin((60 - ago) / 8) + ((ago * 37) % 17))),
  }))
  const venues = VENUES.map(([nis, name, checkins]) => ({ nis, name, checkins }))
  const checkins = venues.reduce((sum, venue) => sum + venue.checkins, 0)
  const refusals = [
    { reason: 'maximum-reached', refusals: 231 },
    { reason: 'checkin-not-allowed', refusals: 88 },
    { reason: 'passholder-no-active-cardsystems', refusals: 41 },
    { reason: 'invalid-card-status', refusals: 14 },
    { reason: 'card-blocked', refusals: 6 },
    { reason: 'event-not-found', refusals: 2 },
  ]
  return {
    asOf,
    day: '2026-11-21',
    minutes,
    channels: [
      { channel: 'COUNTER', checkins: 5128 },
      { channel: 'SELF', checkins: 1904 },
      { channel: 'BATCH', checkins: 61 },
      { channel: 'KIOSK', checkins: checkins - 5128 - 1904 - 61 },
    ],
    venues,
    refusals,
    totals: { checkins, points: 19_022, refusals: refusals.reduce((sum, { refusals: count }) => sum + count, 0) },
  }
}

/** The first minutes of a day on which nothing has happened yet. */
export function emptyFigures(asOf: number): NowFigures {
  return {
    asOf,
    day: '2026-11-21',
    minutes: [],
    channels: [],
    venues: [],
    refusals: [],
    totals: { checkins: 0, points: 0, refusals: 0 },
  }
}

/** A source whose answers a test sets by hand. */
export class FakeSource implements NowSource {
  figuresNow: NowFigures
  statusNow: PipelineStatus
  failure: Error | undefined
  looks = 0

  constructor(figures: NowFigures) {
    this.figuresNow = figures
    this.statusNow = { completeUntil: figures.asOf - 700, waiting: 3 }
  }

  async figures(): Promise<NowFigures> {
    this.looks++
    if (this.failure) throw this.failure
    return this.figuresNow
  }

  status(): PipelineStatus {
    return this.statusNow
  }

  isBusy(): boolean {
    return false
  }
}
