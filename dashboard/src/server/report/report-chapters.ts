import type { PlaceKind } from '@zuil/warehouse'
import type { FigurePageId } from '../../lib/figure/figure-view.ts'
import type { ReportChapterId } from '../../lib/report/report-view.ts'
import type { KnownFigure } from '../figures/figure-builder.ts'
import type { KeyNumberDescription } from '../figures/page-description.ts'
import { DESCRIBED_PAGES, type FigureId, type KeyNumberId } from '../figures/pages/described-pages.ts'

/** What a chapter holds: key numbers and figures of the pages, by their ids; what a place does not have is left out. */
export interface ChapterDescription {
  readonly places: readonly PlaceKind[]
  readonly keyNumbers: readonly KeyNumberId[]
  readonly figures: readonly FigureId[]
  /** The page whose sentence its first key number makes; without one the number is said by its name. */
  readonly sentence?: FigurePageId
}

const GOVERNMENTS = ['ALL', 'REGION', 'MUNICIPALITY'] as const
const TOGETHER = ['ALL', 'REGION'] as const
const EVERYBODY = [...GOVERNMENTS, 'ORGANIZER'] as const

/** Every chapter of a yearly report; summary, coverage and what is withheld are made of the others, annotations of what people keep, change as its page makes it. */
export const DESCRIBED_CHAPTERS: Readonly<Record<ReportChapterId, ChapterDescription>> = {
  summary: { places: EVERYBODY, keyNumbers: [], figures: [] },
  reach: {
    places: GOVERNMENTS,
    keyNumbers: ['reach', 'holders', 'coverage', 'social-tariff-share'],
    figures: ['reach-by-age', 'holders-by-age', 'reach-over-time', 'social-tariff-by-age', 'neighbourhoods'],
    sentence: 'reach',
  },
  gap: {
    places: GOVERNMENTS,
    keyNumbers: ['gap', 'gap-standardised'],
    figures: ['participation-by-age', 'participation-over-time'],
    sentence: 'participation',
  },
  frequency: {
    places: GOVERNMENTS,
    keyNumbers: ['participations-per-holder', 'two-or-more', 'new-share', 'returning-share'],
    figures: ['frequency', 'choice', 'breadth', 'states', 'renewal'],
  },
  flows: {
    places: GOVERNMENTS,
    keyNumbers: ['elsewhere', 'cross-border', 'several'],
    figures: ['origin-destination', 'destinations', 'destinations-by-tariff', 'cross-border-over-time'],
    sentence: 'where',
  },
  points: {
    places: GOVERNMENTS,
    keyNumbers: ['redemption', 'saved', 'redeemed'],
    figures: ['points-over-time', 'redemption-by-tariff', 'point-flows', 'point-origins'],
    sentence: 'points',
  },
  welcome: {
    places: GOVERNMENTS,
    keyNumbers: ['welcome-used', 'days-to-first'],
    figures: ['welcome-by-tariff', 'welcome-where'],
  },
  costs: {
    places: GOVERNMENTS,
    keyNumbers: ['participant-share', 'local-government-euro', 'government-per-ticket', 'tickets'],
    figures: ['payers', 'payers-by-age', 'amounts-over-time'],
    sentence: 'costs',
  },
  municipalities: {
    places: TOGETHER,
    keyNumbers: [],
    figures: ['municipalities-reach', 'municipalities-participation', 'municipalities-coverage', 'target-group'],
  },
  organizers: { places: GOVERNMENTS, keyNumbers: [], figures: ['offer-and-demand'] },
  public: {
    places: ['ORGANIZER'],
    keyNumbers: ['public', 'public-participations', 'public-social-tariff', 'public-returned'],
    figures: [
      'peers',
      'public-over-time',
      'public-new',
      'public-age',
      'catchment',
      'public-frequency',
      'peak-hours',
      'events',
      'rewards',
    ],
    sentence: 'organizers',
  },
  change: { places: ['REGION', 'MUNICIPALITY'], keyNumbers: [], figures: [] },
  agreements: {
    places: ['REGION'],
    keyNumbers: ['agreement-reach', 'agreement-coverage', 'agreement-gap', 'agreement-participations'],
    figures: [],
  },
  annotations: { places: EVERYBODY, keyNumbers: [], figures: [] },
  coverage: { places: EVERYBODY, keyNumbers: [], figures: [] },
  withheld: { places: EVERYBODY, keyNumbers: [], figures: [] },
}

const PAGES = Object.values(DESCRIBED_PAGES)
const FIGURES: ReadonlyMap<FigureId, KnownFigure> = new Map(
  PAGES.flatMap(({ figures }) => figures.map((figure): [FigureId, KnownFigure] => [figure.id, figure])),
)
type KnownKeyNumber = KeyNumberDescription & { readonly id: KeyNumberId }
const KEY_NUMBERS: ReadonlyMap<KeyNumberId, KnownKeyNumber> = new Map(
  PAGES.flatMap(({ keyNumbers }) => keyNumbers.map((number): [KeyNumberId, KnownKeyNumber] => [number.id, number])),
)

export function describedFigures(ids: readonly FigureId[]): readonly KnownFigure[] {
  return ids.flatMap((id) => FIGURES.get(id) ?? [])
}

export function describedKeyNumbers(ids: readonly KeyNumberId[]): readonly KnownKeyNumber[] {
  return ids.flatMap((id) => KEY_NUMBERS.get(id) ?? [])
}
