import type { ReportingPeriodKind } from '@zuil/core'
import type { Role } from '@zuil/core/contracts/roles'
import { ANNOTATIONS_PATH } from './annotation.ts'
import { CHANGE_PATH } from './change-view.ts'
import { PLANNING_PATH } from './planning-view.ts'
import { ROLES_PATH } from './roles-view.ts'
import { VIEWS_PATH } from './saved-view.ts'
import { SCHEDULES_PATH } from './schedules-view.ts'
import { SETTLEMENT_PATH } from './settlement/settlement-view.ts'
import { WORKSPACE_PATH } from './workspace/workspace-view.ts'

/** First word of a place as figures name it: `all`, `region:14`, `municipality:73107`, `organizer:…`. */
export type PlaceWord = 'all' | 'region' | 'municipality' | 'organizer'

/** What the figures of a page can stand beside. */
export const COMPARISONS = ['previous', 'region', 'peers', 'none'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Blocks of the navigation, in their order. */
export const PAGE_GROUPS = ['holders', 'together', 'running', 'kept'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]

export interface PageEntry {
  readonly path: string
  readonly group: PageGroup
  /** Who sees it in the navigation and may open it; absent: everybody, signed in or not. */
  readonly roles?: readonly Role['role'][]
  /** Kinds of places that it is about; none: it has no choice of place, period and comparison. */
  readonly places: readonly PlaceWord[]
  /** Kinds of periods that it is about; the first that something was published for is where it opens. */
  readonly periods: readonly ReportingPeriodKind[]
  /** What it can be compared with; the first is where it opens. */
  readonly comparisons: readonly Comparison[]
}

const GOVERNMENTS = ['publiq', 'auditor', 'region', 'municipality'] as const
const ABOUT_HOLDERS = {
  group: 'holders',
  roles: GOVERNMENTS,
  places: ['municipality', 'region', 'all'],
  periods: ['YEAR', 'SEASON', 'QUARTER', 'MONTH'],
  comparisons: ['previous', 'region', 'none'],
} as const

/** Every page with figures: where it is, who it is for, and what can be chosen on it. */
export const PAGES = {
  reach: { path: '/bereik', ...ABOUT_HOLDERS },
  participation: { path: '/deelname', ...ABOUT_HOLDERS },
  loyalty: { path: '/trouw', ...ABOUT_HOLDERS, periods: ['QUARTER', 'YEAR', 'SEASON', 'MONTH'] },
  where: { path: '/waar', ...ABOUT_HOLDERS },
  points: { path: '/punten', ...ABOUT_HOLDERS },
  settlement: {
    path: SETTLEMENT_PATH,
    group: 'together',
    roles: ['settlement'],
    places: [],
    periods: [],
    comparisons: [],
  },
  costs: { path: '/kosten', ...ABOUT_HOLDERS, group: 'together', roles: [...GOVERNMENTS, 'settlement'] },
  organizers: {
    path: '/organisatoren',
    group: 'together',
    roles: ['publiq', 'auditor', 'organizer'],
    places: ['organizer'],
    periods: ['SEASON', 'YEAR', 'QUARTER', 'MONTH'],
    comparisons: ['peers', 'previous', 'none'],
  },
  region: {
    path: '/regio',
    group: 'together',
    roles: ['publiq', 'auditor', 'region'],
    places: ['region'],
    periods: ['YEAR', 'SEASON', 'QUARTER', 'MONTH'],
    comparisons: ['previous', 'none'],
  },
  change: {
    path: CHANGE_PATH,
    group: 'together',
    roles: GOVERNMENTS,
    places: ['municipality', 'region', 'all'],
    periods: [],
    comparisons: [],
  },
  report: {
    path: '/verslag',
    group: 'together',
    roles: [...GOVERNMENTS, 'organizer'],
    places: ['region', 'municipality', 'organizer', 'all'],
    periods: ['YEAR', 'SEASON', 'QUARTER'],
    comparisons: ['previous'],
  },
  workspace: {
    path: WORKSPACE_PATH,
    group: 'together',
    roles: GOVERNMENTS,
    places: ['region', 'municipality'],
    periods: ['YEAR', 'SEASON'],
    comparisons: ['none'],
  },
  planning: {
    path: PLANNING_PATH,
    group: 'together',
    roles: ['publiq', 'region'],
    places: ['region'],
    periods: ['YEAR', 'SEASON'],
    comparisons: ['none'],
  },
  now: { path: '/nu', group: 'running', places: [], periods: [], comparisons: [] },
  operations: { path: '/beheer', group: 'running', roles: ['publiq', 'auditor'], places: [], periods: [], comparisons: [] },
  accounts: { path: ROLES_PATH, group: 'running', roles: ['publiq'], places: [], periods: [], comparisons: [] },
  dictionary: { path: '/woordenboek', group: 'running', places: [], periods: [], comparisons: [] },
  annotations: {
    path: ANNOTATIONS_PATH,
    group: 'kept',
    roles: ['publiq', 'region', 'municipality', 'organizer'],
    places: ['all', 'region', 'municipality', 'organizer'],
    periods: [],
    comparisons: [],
  },
  views: {
    path: VIEWS_PATH,
    group: 'kept',
    roles: [...GOVERNMENTS, 'organizer', 'settlement'],
    places: [],
    periods: [],
    comparisons: [],
  },
  schedules: {
    path: SCHEDULES_PATH,
    group: 'kept',
    roles: [...GOVERNMENTS, 'organizer', 'settlement'],
    places: [],
    periods: [],
    comparisons: [],
  },
} as const satisfies Readonly<Record<string, PageEntry>>

export type PageId = keyof typeof PAGES

// `as` holds: the keys of the table are its ids.
export const PAGE_IDS = Object.keys(PAGES) as readonly PageId[]

export function pageEntry(id: PageId): PageEntry {
  return PAGES[id]
}

/** The page that an address belongs to: its own or one below it, of two the nearest (`/beheer/rollen`, and then `/beheer`). */
export function pageOf(pathname: string): PageId | undefined {
  const around = PAGE_IDS.filter((id) => pathname === PAGES[id].path || pathname.startsWith(`${PAGES[id].path}/`))
  return around.toSorted((a, b) => PAGES[b].path.length - PAGES[a].path.length)[0]
}

/** Whether somebody with these roles may open a page; nobody in particular has none. */
export function mayOpen(id: PageId, roles: readonly Role[]): boolean {
  const { roles: wanted } = pageEntry(id)
  return wanted === undefined || roles.some(({ role }) => wanted.includes(role))
}
