import { REPORTING_PERIOD_KINDS, type ReportingPeriodKind } from '@zuil/core'
import type { Roles } from '@zuil/core/contracts/roles'
import { COMPARISON_PARAMETER, COMPARISON_WORDS, PERIOD_PARAMETER, PLACE_PARAMETER } from '../../lib/address.ts'
import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import { mayOpen, PAGE_GROUPS, PAGE_IDS, type PlaceWord, pageEntry } from '../../lib/pages.ts'
import { periodName } from '../../lib/period-name.ts'
import type { Control, OptionGroup, ShellView } from '../../lib/shell-view.ts'
import { messagesOf } from '../../messages/languages.ts'
import { type PageMenu, type PageState, pageMenu, readPageState } from '../pages/page-state.ts'
import type { NamedPlace } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { ownPlaceOf } from '../scope/scope.ts'

/** Longest lists first read as such: years before months. */
const PERIOD_KINDS: readonly ReportingPeriodKind[] = [...REPORTING_PERIOD_KINDS].reverse()
const PLACE_WORDS = ['region', 'municipality', 'organizer'] as const satisfies readonly PlaceWord[]

/** What stands around the page at an address, for who looks at it: only what they may open, and only places that they read. */
export function shellView(url: Pick<URL, 'pathname' | 'searchParams'>, principal: Principal | null): ShellView {
  const state = readPageState(url, principal)
  const roles = principal?.roles ?? []
  return {
    who: principal ? whoIs(principal, state.language) : '',
    navigation: navigationOf(roles),
    controls: principal ? controlsOf(url, principal, state) : [],
    release: releaseOf(url, principal, state),
    comparison: state.compareWith,
  }
}

function navigationOf(roles: Roles): ShellView['navigation'] {
  return PAGE_GROUPS.map((group) => ({
    group,
    pages: PAGE_IDS.filter((id) => pageEntry(id).group === group && mayOpen(id, roles)),
  })).filter(({ pages }) => pages.length > 0)
}

/** The roles of an account in words, with the names of their places: `regio UiTPAS Maasland, auditor`. */
function whoIs({ roles, places }: Pick<Principal, 'roles' | 'places'>, language: Language): string {
  const words = messagesOf(language).shell
  if (roles.length === 0) return words.noRole
  const nameOf = (place: string) => places.find((each) => each.place === place)?.name ?? ''
  return roles.map((role) => [words.roles[role.role], nameOf(ownPlaceOf(role))].filter(Boolean).join(' ')).join(', ')
}

function controlsOf(url: Pick<URL, 'pathname'>, principal: Principal, state: PageState): readonly Control[] {
  const { language } = state
  const words = messagesOf(language).shell
  const menu = pageMenu(url, principal)
  if (menu.comparisons.length === 0) return []
  const standard = readPageState({ pathname: url.pathname, searchParams: new URLSearchParams() }, principal)
  const comparisons = menu.comparisons.map((value) => ({ value: COMPARISON_WORDS[value], label: words.comparisons[value] }))
  const controls: readonly Control[] = [
    {
      parameter: PLACE_PARAMETER,
      label: words.place,
      value: state.place,
      standard: standard.place,
      groups: placeGroups(menu.places, language),
    },
    {
      parameter: PERIOD_PARAMETER,
      label: words.period,
      value: state.period,
      standard: standard.period,
      groups: periodGroups(menu, language),
    },
    {
      parameter: COMPARISON_PARAMETER,
      label: words.comparison,
      value: COMPARISON_WORDS[state.compareWith],
      standard: COMPARISON_WORDS[standard.compareWith],
      groups: [{ label: '', options: comparisons }],
    },
  ]
  return controls.filter(({ groups }) => groups.some(({ options }) => options.length > 0))
}

/** All places together first; then regions, municipalities and organizers, each by name. */
function placeGroups(places: readonly NamedPlace[], language: Language): readonly OptionGroup[] {
  const words = messagesOf(language).shell
  const collator = new Intl.Collator(language)
  const all = places.filter(({ place }) => place === 'all').map(({ place: value }) => ({ value, label: words.allPlaces }))
  const groups = PLACE_WORDS.map((word) => ({
    label: words.placeGroups[word],
    options: places
      .filter(({ place }) => place.startsWith(`${word}:`))
      .map(({ place, name }) => ({ value: place, label: name }))
      .sort((a, b) => collator.compare(a.label, b.label)),
  }))
  return [{ label: '', options: all }, ...groups].filter(({ options }) => options.length > 0)
}

function periodGroups({ periods }: PageMenu, language: Language): readonly OptionGroup[] {
  const words = messagesOf(language).period
  return PERIOD_KINDS.map((kind) => ({
    label: words.kinds[kind],
    options: periods
      .filter((each) => each.kind === kind)
      .map(({ period, provisional }) => {
        const name = periodName(period, language)
        return { value: period, label: provisional ? `${name} (${words.provisional})` : name }
      }),
  })).filter(({ options }) => options.length > 0)
}

function releaseOf(url: Pick<URL, 'pathname'>, principal: Principal | null, state: PageState): string {
  const words = messagesOf(state.language).shell
  const { periods, comparisons } = pageMenu(url, principal)
  if (!principal || comparisons.length === 0) return ''
  const shown = periods.find(({ period }) => period === state.period)
  if (!shown) return words.nothingPublished
  const day = formatOf(state.language).date(shown.publishedAt)
  return words.release({ day, release: shown.release, provisional: shown.provisional })
}
