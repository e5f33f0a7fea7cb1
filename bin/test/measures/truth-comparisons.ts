import { parseDay, type ReportingPeriod } from '@zuil/core'
import type { TruthCell } from '@zuil/load-tests/population/truth/cell'
import { CUBES, type CubeId, type DimensionId } from '@zuil/warehouse'

export type Members = Readonly<Record<string, string>>

/** The cube that counts what the truth of a measure says. */
export interface InCube {
  readonly measure: string
  readonly cube: CubeId
  /** Only cells told apart by that. */
  readonly with?: DimensionId
  /** The cells of the truth are those of such members in the cube. */
  readonly where?: Members
  /** Of the cells of the truth those of such members; the cube has no others. */
  readonly of?: Members
  /** Only these columns of the truth, by their names in the cube; else all that have the same name. */
  readonly columns?: Readonly<Record<string, string>>
  /** The truth leaves out smaller cells. */
  readonly atLeast?: number
}

export const CUBES_OF: readonly InCube[] = [
  { measure: 'A1', cube: 'holders' },
  { measure: 'A2', cube: 'holders', where: { tariff: 'KT' } },
  { measure: 'A3', cube: 'participation' },
  { measure: 'A4', cube: 'participation' },
  { measure: 'A5', cube: 'frequency' },
  { measure: 'A5', cube: 'evidence', columns: { 'participations-on-all-evidence': 'participations' } },
  { measure: 'A6', cube: 'breadth', with: 'breadth' },
  { measure: 'A6', cube: 'widening', with: 'widened' },
  { measure: 'A6', cube: 'taste-pairs', with: 'sector-before' },
  { measure: 'A6', cube: 'variety', columns: { 'people-of-three': 'people', 'expected-sectors': 'expected-sectors' } },
  { measure: 'A7', cube: 'sectors' },
  { measure: 'A8', cube: 'destinations' },
  { measure: 'A9', cube: 'states', with: 'state' },
  { measure: 'A9', cube: 'lapse', with: 'lapsed' },
  { measure: 'A10', cube: 'retention' },
  { measure: 'A11', cube: 'renewal' },
  { measure: 'A12', cube: 'tickets', of: { pass: 'PERSON' } },
  { measure: 'A12', cube: 'groups', of: { pass: 'GROUP' }, columns: { tickets: 'tickets', 'regular-cents': 'regular-cents' } },
  { measure: 'A13', cube: 'welcome' },
  { measure: 'A15', cube: 'neighbourhoods' },
  { measure: 'B2', cube: 'destinations' },
  { measure: 'B6', cube: 'sectors' },
  { measure: 'B7', cube: 'point-flows' },
  { measure: 'B11', cube: 'municipalities-visited' },
  { measure: 'B12', cube: 'registrations' },
  { measure: 'B13', cube: 'welcome-places' },
  { measure: 'B14', cube: 'sectors' },
  { measure: 'B15', cube: 'registrations' },
  { measure: 'C1', cube: 'organizer-public' },
  { measure: 'C3', cube: 'organizer-states' },
  { measure: 'C5', cube: 'organizer-origins' },
  { measure: 'C6', cube: 'organizer-frequency' },
  { measure: 'C7', cube: 'organizer-hours' },
  { measure: 'C7', cube: 'venue-hours' },
  { measure: 'C8', cube: 'organizer-events', columns: { participations: 'participations' }, atLeast: 30 },
  { measure: 'C10', cube: 'organizer-rewards' },
  { measure: 'C11', cube: 'organizer-return' },
  { measure: 'D10', cube: 'points' },
]

/** A figure, by what the truth says it is made of. */
export interface InFigure {
  readonly measure: string
  /** Columns of the truth, added up. */
  readonly columns: readonly string[]
  readonly figure: string
  /** The column by which they are divided: in each cell, or else in the whole place. */
  readonly per?: string
  /** What one stands for in the figure. */
  readonly scale?: number
  /** Dimensions of the truth that the figure is not told apart by. */
  readonly over?: readonly string[]
  /** The truth tells it of each day, the figure of all of them. */
  readonly byDay?: true
}

export const FIGURES_OF: readonly InFigure[] = [
  { measure: 'B4', columns: ['local-government-cents'], figure: 'owed', scale: 0.01 },
  {
    measure: 'B5',
    columns: ['participations'],
    figure: 'participations-per-1000',
    per: 'people',
    scale: 1000,
    over: ['quarters-after-joining'],
  },
  { measure: 'B6', columns: ['events'], figure: 'events' },
  { measure: 'B9', columns: ['kiosks-installed'], figure: 'installed' },
  { measure: 'B9', columns: ['kiosks-used'], figure: 'used', per: 'kiosks-installed', scale: 100 },
  { measure: 'C8', columns: ['kt-participations'], figure: 'social-tariff', per: 'participations', scale: 100 },
  { measure: 'C8', columns: ['new-participations'], figure: 'new', per: 'participations', scale: 100 },
  { measure: 'C9', columns: ['tickets'], figure: 'tickets', over: ['pass'] },
  { measure: 'C9', columns: ['organizer-cents'], figure: 'own-share', scale: 0.01, over: ['pass'] },
  {
    measure: 'C9',
    columns: ['local-government-cents', 'flemish-government-cents'],
    figure: 'reimbursed',
    scale: 0.01,
    over: ['pass'],
  },
  { measure: 'C13', columns: ['events'], figure: 'events' },
  { measure: 'C13', columns: ['events-with-checkin'], figure: 'coverage', per: 'events', scale: 100 },
  { measure: 'D2', columns: ['max'], figure: 'max' },
  { measure: 'D2', columns: ['p99'], figure: 'p99' },
  { measure: 'D4', columns: ['refusals'], figure: 'refusals' },
  { measure: 'D4', columns: ['refusals'], figure: 'share', per: 'attempts', scale: 100 },
  { measure: 'D6', columns: ['kiosks'], figure: 'kiosks' },
  { measure: 'D7', columns: ['checkins'], figure: 'checkins' },
  { measure: 'D8', columns: ['p50'], figure: 'p50' },
  { measure: 'D8', columns: ['p95'], figure: 'p95' },
  { measure: 'D8', columns: ['max'], figure: 'max' },
  { measure: 'D8', columns: ['late'], figure: 'after-a-day', per: 'checkins', scale: 100 },
  { measure: 'D11', columns: ['holders'], figure: 'holders', byDay: true },
  { measure: 'D12', columns: ['active-holders'], figure: 'active-holders', per: 'registered-holders', scale: 100 },
  { measure: 'D12', columns: ['active-organizers'], figure: 'active-organizers', per: 'registered-organizers', scale: 100 },
  { measure: 'D12', columns: ['active-municipalities'], figure: 'active-municipalities' },
  { measure: 'D12', columns: ['registered-holders'], figure: 'holders' },
  { measure: 'D12', columns: ['registered-organizers'], figure: 'organizers' },
]

/** Organizers are asked about one by one, and the answer is one number: a test of its own. */
export const OF_ORGANIZERS = 'A14'

/** Measures of which a history holds no truth, each with its reason. */
export const WITHOUT: Readonly<Record<string, string>> = {
  D1: 'of the last hour of a running installation',
  D3: 'of requests, which a history does not make',
  D5: 'of this moment',
  D9: 'of API clients, of which a history has none',
  D14: 'a model of what is to come',
  D15: 'of releases, of which a history has none',
}

/** Columns of the truth of which the catalogue has no figure, each with its reason. */
export const TRUTH_ONLY: Readonly<Record<string, string>> = {
  'A5 participations-of-schools': 'visits of schools are in no figure',
  'B12 new-holders': 'by week, and persons are counted by closed months: its people',
  'B12 new-kt-holders': 'by week, and persons are counted by closed months: its people',
  'C9 participant-cents': 'the account of an organizer has its own share and what it is owed',
  'C9 regular-cents': 'the account of an organizer has its own share and what it is owed',
  'D10 programme-saved': 'D10 is about UiTPAS; other programmes have balances of their own',
  'D10 programme-given': 'D10 is about UiTPAS; other programmes have balances of their own',
  'D10 programme-redeemed': 'D10 is about UiTPAS; other programmes have balances of their own',
  'D12 registered-municipalities': 'the journal does not tell who might join',
}

/** A cell of the truth as a cube has it; none: the cube has no such cell. */
export function inCube(
  cell: TruthCell,
  { measure, cube, with: only, where = {}, of = {}, columns }: InCube,
): readonly TruthCell[] {
  if (cell.measure !== measure || !CUBES[cube].places.includes(cell.place.kind)) return []
  if (only !== undefined && !(only in cell.dimensions)) return []
  if (Object.entries(of).some(([id, member]) => cell.dimensions[id] !== member)) return []
  const own = Object.entries(cell.dimensions).filter(([id]) => !(id in of))
  const dimensions = { ...Object.fromEntries(own), ...where }
  const column = columns ? (columns[cell.column] ?? '') : cell.column
  const known = new Set<string>(['people', ...CUBES[cube].columns.map(({ id }) => id)])
  const ids = Object.keys(dimensions)
  const isIn = CUBES[cube].lattice.some((set) => set.length === ids.length && set.every((id) => id in dimensions))
  return known.has(column) && isIn ? [{ ...cell, column, dimensions }] : []
}

export function isOf(
  cell: TruthCell,
  { measure, columns, byDay }: Pick<InFigure, 'measure' | 'columns' | 'byDay'>,
  period: ReportingPeriod,
) {
  if (cell.measure !== measure || !columns.includes(cell.column)) return false
  if (!byDay) return cell.period === period.key
  const day = cell.periodKind === 'DAY' ? parseDay(cell.period) : undefined
  return day !== undefined && day >= period.firstDay && day <= period.lastDay
}
