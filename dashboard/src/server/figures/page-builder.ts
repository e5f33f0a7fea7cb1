import { parseReportingPeriod } from '@zuil/core'
import { parsePlace } from '@zuil/warehouse'
import type { FigurePageId, FigurePageView } from '../../lib/figure/figure-view.ts'
import type { Language } from '../../lib/language.ts'
import type { Comparison } from '../../lib/pages.ts'
import type { BoundaryBook } from '../boundaries/boundary-book.ts'
import type { Targets } from '../notebook/targets.ts'
import type { PageState } from '../pages/page-state.ts'
import type { FigureReader } from '../scope/figure-reader.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { ALL_PLACES, type Scope } from '../scope/scope.ts'
import type { CollaborationBook } from '../workspace/collaboration-book.ts'
import type { MemberBook } from '../workspace/member-book.ts'
import type { Noted } from '../workspace/noted-events.ts'
import type { PictureShelf } from './drawings/picture-shelf.ts'
import { buildFigure, type KnownFigure } from './figure-builder.ts'
import { nisOf } from './figure-data.ts'
import type { FigureSetting } from './figure-setting.ts'
import { capital, FigureWriting, uncapital } from './figure-writing.ts'
import { type KeyNumber, readKeyNumber } from './key-number.ts'
import type { KeyNumberDescription } from './page-description.ts'
import { DESCRIBED_PAGES, type KeyNumberId } from './pages/described-pages.ts'
import type { TitleBook } from './title-book.ts'

/** Where pages of figures come from. */
export interface PageSources {
  readonly figures: FigureReader
  readonly places: PlaceBook
  readonly pictures: PictureShelf
  readonly boundaries: Pick<BoundaryBook, 'of'>
  readonly titles: Pick<TitleBook, 'titlesOf'>
  readonly annotations: Noted
  readonly targets: Pick<Targets, 'of'>
  readonly members: Pick<MemberBook, 'of'>
  readonly collaboration: Pick<CollaborationBook, 'of'>
}

/** Which page, about what, and who reads it. */
export interface PageRequested {
  readonly page: FigurePageId
  readonly state: Omit<PageState, 'periodKind'>
  /** Of the reader; nobody reads nothing. */
  readonly scope: Scope | undefined
  /** Of the address, with its question mark: links to drawings carry it on. */
  readonly search: string
  /** Only this figure, and no key numbers. */
  readonly figure?: string
}

/** Builds a page of published figures: everything on it is made here, and the browser only prints it. */
export async function buildPage(requested: PageRequested, sources: PageSources): Promise<FigurePageView> {
  const { page, state } = requested
  const setting = await settingOf(requested, sources)
  const writing = setting?.writing ?? (await writingIn(state.language, sources))
  const { words } = writing
  const { title, description } = words.pages[page]
  const empty = { page, language: state.language, title, description, words: words.words, finding: '' }
  if (!setting) return { ...empty, keyNumbers: [], figures: [], notice: words.notice.nothing }
  const [keyNumbers, figures] = await Promise.all([
    requested.figure === undefined ? readKeyNumbers(page, setting) : [],
    buildFigures(requested, setting, sources.pictures),
  ])
  return {
    ...empty,
    finding: sentenceOf(page, keyNumbers, setting),
    keyNumbers: keyNumbers.map(({ view }) => view),
    figures,
    notice: keyNumbers.length === 0 && figures.length === 0 ? words.notice.nothing : '',
  }
}

/** What the figures of a request are about; undefined while nothing is published. */
export async function settingOf(
  { state, scope }: Pick<PageRequested, 'state' | 'scope'>,
  sources: PageSources,
): Promise<FigureSetting | undefined> {
  const period = parseReportingPeriod(state.period)
  if (!period || !scope) return undefined
  const [releases, writing, municipalities, regions] = await Promise.all([
    sources.figures.releases(scope),
    writingIn(state.language, sources),
    municipalitiesOf(state.place, scope, sources),
    regionsWith(state.place, sources),
  ])
  const organizers = await organizersOf(state.place, { scope, municipalities }, sources)
  const beside = besideOf(state, scope, regions)
  const { titles } = sources
  const { place } = state
  const around = [ALL_PLACES, ...regions, place].filter((one) => scope.mayRead(one))
  const annotations = await sources.annotations.of([...new Set(around)])
  const targets = sources.targets.of([place])
  return {
    titles,
    reader: sources.figures,
    scope,
    releases,
    place,
    municipalities,
    organizers,
    annotations,
    targets,
    period,
    writing,
    ...beside,
  }
}

/** Organizers of a place that the reader may read; nobody asks about the others of an organizer. */
async function organizersOf(
  place: string,
  { scope, municipalities }: { readonly scope: Scope; readonly municipalities: readonly string[] },
  { places }: PageSources,
): Promise<readonly string[]> {
  const kind = parsePlace(place)?.kind
  if (kind === 'ORGANIZER') return []
  const all = await places.organizersOf(kind === 'ALL' ? 'all' : municipalities.flatMap((one) => nisOf(one) ?? []))
  return all.filter((one) => scope.mayRead(one))
}

async function writingIn(language: Language, { places, boundaries }: PageSources): Promise<FigureWriting> {
  const [place, points] = await Promise.all([places.namer(), places.points()])
  return new FigureWriting(language, { place, points, boundaries: (municipalities) => boundaries.of(municipalities) })
}

/** Municipalities of a place that the reader may read. */
async function municipalitiesOf(place: string, scope: Scope, { places }: PageSources): Promise<readonly string[]> {
  const parsed = parsePlace(place)
  const regions = await places.regions()
  const all =
    parsed?.kind === 'REGION'
      ? regions(parsed.cardSystem).map((nis) => `municipality:${nis}`)
      : parsed?.kind === 'ALL'
        ? (await places.placesIn(scope)).map((named) => named.place)
        : [place]
  return all.filter((one) => one.startsWith('municipality:') && scope.mayRead(one))
}

async function regionsWith(place: string, { places }: PageSources): Promise<readonly string[]> {
  const parsed = parsePlace(place)
  return parsed?.kind === 'MUNICIPALITY' ? await places.regionsWith(parsed.nis) : []
}

/** A municipality stands beside its region, where the reader may read that, and else beside all places together. */
function besideOf(
  { compareWith, place }: { readonly compareWith: Comparison; readonly place: string },
  scope: Scope,
  regions: readonly string[],
): Pick<FigureSetting, 'beside'> {
  if (compareWith === 'previous') return { beside: { kind: 'previous' } }
  if (compareWith !== 'region' || place === 'all') return {}
  return { beside: { kind: 'place', place: regions.find((region) => scope.mayRead(region)) ?? ALL_PLACES } }
}

async function readKeyNumbers(page: FigurePageId, setting: FigureSetting): Promise<readonly KeyNumber[]> {
  const described: readonly (KeyNumberDescription & { readonly id: KeyNumberId })[] = DESCRIBED_PAGES[page].keyNumbers
  const read = await Promise.all(described.map((one) => readKeyNumber(one, setting)))
  return read.filter((one) => one !== undefined)
}

async function buildFigures(
  { page, search, figure }: PageRequested,
  setting: FigureSetting,
  pictures: PictureShelf,
): Promise<FigurePageView['figures']> {
  const all: readonly KnownFigure[] = DESCRIBED_PAGES[page].figures
  const described = figure === undefined ? all : all.filter(({ id }) => id === figure)
  const pictureAddress = (id: string) => `/tekening/${page}/${id}${search}`
  const built = await Promise.all(described.map((one) => buildFigure(one, setting, { pictures, pictureAddress })))
  return built.filter((one) => one !== undefined)
}

/** The sentence of a page: its first key number, or else the first that may be shown. */
export function sentenceOf(page: FigurePageId, numbers: readonly KeyNumber[], { writing, place: of }: FigureSetting): string {
  const { words } = writing
  const place = capital(writing.place(of))
  const number = numbers.find(({ isShown }) => isShown)
  if (!number) return hiddenSentence(numbers, { place, writing })
  const { spoken, view, isGap } = number
  // Of a gap the sentence says above or below; a change of it beside that is for the key number.
  const comparison = number.comparison === '' || isGap ? '' : `, ${number.comparison}`
  // which of the described ones are published depends on the period: the page's sentence is about its first and no other
  if (view.id === DESCRIBED_PAGES[page].keyNumbers[0]?.id) return words.pages[page].finding({ place, value: spoken, comparison })
  return words.fallback({ place, label: uncapital(view.label), value: view.value, comparison })
}

/** Why a page says nothing of its numbers; empty where it has none. */
function hiddenSentence([first]: readonly KeyNumber[], { place, writing }: { place: string; writing: FigureWriting }): string {
  if (!first) return ''
  const { release, period } = first.published
  const { hidden, status } = writing.words
  return hidden({ place, period: writing.period(period.key), reason: status.reason(release.threshold) })
}
