import type { ReportingPeriodKind } from '@zuil/core'
import { comparisonOf, PERIOD_PARAMETER, PLACE_PARAMETER } from '../../lib/address.ts'
import { type Language, languageOf } from '../../lib/language.ts'
import { type Comparison, type PageEntry, pageEntry, pageOf } from '../../lib/pages.ts'
import type { Principal, PublishedPeriod } from '../scope/principal.ts'

/** What a page of figures is about: everything stands in the address, and what does not is the default. */
export interface PageState {
  readonly language: Language
  /** `municipality:73107`; a place that the reader may read and that the page is about. `all` where there is no such place. */
  readonly place: string
  /** `2025`; empty as long as nothing is published that the page is about. */
  readonly period: string
  readonly periodKind: ReportingPeriodKind
  readonly compareWith: Comparison
}

/** What the reader can choose from on a page. */
export interface PageMenu {
  readonly places: readonly { readonly place: string; readonly name: string }[]
  readonly periods: readonly PublishedPeriod[]
  readonly comparisons: readonly Comparison[]
}

type Chooser = Pick<Principal, 'places' | 'periods' | 'scope'>

const NO_PAGE: PageEntry = { path: '', group: 'running', places: [], periods: [], comparisons: [] }

/** The choices of the page at an address, within what its reader reads. */
export function pageMenu(url: Pick<URL, 'pathname'>, principal: Chooser | null): PageMenu {
  const page = entryAt(url)
  return {
    places: principal?.places.filter(({ place }) => page.places.some((word) => word === wordOf(place))) ?? [],
    periods: principal?.periods.filter(({ kind }) => page.periods.includes(kind)) ?? [],
    comparisons: page.comparisons,
  }
}

/**
 * The state of the page at an address. What the address does not say, says wrongly, or says of a place that the reader does not
 * read, is the default: the own place, the newest period of the page's own kind, and what the page is usually compared with.
 */
export function readPageState(url: Pick<URL, 'pathname' | 'searchParams'>, principal: Chooser | null): PageState {
  const { places, periods, comparisons } = pageMenu(url, principal)
  const place = url.searchParams.get(PLACE_PARAMETER)
  const period = url.searchParams.get(PERIOD_PARAMETER)
  const comparison = comparisonOf(url.searchParams)
  const chosen = periods.find((each) => each.period === period) ?? defaultPeriod(entryAt(url), periods)
  return {
    language: languageOf(url.searchParams),
    place: (places.find((each) => each.place === place) ?? places[0])?.place ?? 'all',
    period: chosen?.period ?? '',
    periodKind: chosen?.kind ?? entryAt(url).periods[0] ?? 'YEAR',
    compareWith: comparisons.find((each) => each === comparison) ?? comparisons[0] ?? 'none',
  }
}

function entryAt({ pathname }: Pick<URL, 'pathname'>): PageEntry {
  const id = pageOf(pathname)
  return id === undefined ? NO_PAGE : pageEntry(id)
}

/** The newest that is final, of the first kind that has one; else the newest of all. */
function defaultPeriod({ periods: kinds }: PageEntry, periods: readonly PublishedPeriod[]): PublishedPeriod | undefined {
  const final = periods.filter(({ provisional }) => !provisional)
  for (const kind of kinds) {
    const newest = final.find((each) => each.kind === kind)
    if (newest) return newest
  }
  return periods[0]
}

function wordOf(place: string): string {
  return place.split(':')[0] ?? ''
}
