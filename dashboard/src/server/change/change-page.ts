import { brusselsDay, formatDay, reportingPeriodOf } from '@zuil/core'
import { type JoiningDay, parsePlace } from '@zuil/warehouse'
import { PLACE_PARAMETER } from '../../lib/address.ts'
import { CHANGE_FIELDS, CHANGE_KIND_WORDS, CHANGE_KINDS, type ChangeChoice, type ChangeView } from '../../lib/change-view.ts'
import { nisOf } from '../figures/figure-data.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { capital, uncapital } from '../figures/figure-writing.ts'
import { type PageSources, settingOf } from '../figures/page-builder.ts'
import type { PageMenu, PageState } from '../pages/page-state.ts'
import { ALL_PLACES, type Scope } from '../scope/scope.ts'
import { changeFigure } from './change-figure.ts'
import { CHANGE_FIGURES } from './change-figures.ts'
import { joinedBetween, type Moment, momentLinks, unchangedAround } from './change-moments.ts'
import { readChange } from './change-reading.ts'
import { type ChangeState, NOBODY, readChangeState } from './change-state.ts'
import { quartersAround } from './change-window.ts'
import { type ChangeWords, changeWords } from './change-words.ts'

/** About which place, for whom, and what was chosen. */
export interface ChangeRequested {
  readonly state: Pick<PageState, 'language' | 'place'>
  readonly scope: Scope
  /** What its reader can choose from. */
  readonly places: PageMenu['places']
  /** Of the address, with its question mark. */
  readonly search: string
  /** Only this figure. */
  readonly figure?: string
}

/** When people could go nowhere, or to little: a difference across it says little. */
const PANDEMIC = { first: Date.UTC(2020, 2, 14) / 86_400_000, last: Date.UTC(2022, 1, 18) / 86_400_000 } as const

/** Everything on it is read and reckoned here, from published cells; the browser only prints it. @param now epoch ms */
export async function changePage(
  { state, scope, places, search, figure }: ChangeRequested,
  sources: PageSources,
  now: number,
): Promise<ChangeView> {
  const parameters = new URLSearchParams(search)
  const chosen = readChangeState(parameters, now)
  const words = changeWords(state.language)
  const setting = await changeSetting({ ...state, day: chosen.day ?? brusselsDay(now) }, scope, sources)
  const joined = await sources.places.joined()
  const options = await besideOptions(setting, { scope, joined, words, day: chosen.day }, sources)
  const beside = besideOf(chosen, options)
  const besideName = spokenName(options.find(({ value }) => value === beside))
  const { kind, day } = chosen
  const shown = day === undefined ? undefined : { kind, day, besideName, pictures: sources.pictures, search }
  const described = CHANGE_FIGURES[kind].filter(({ id }) => figure === undefined || id === figure)
  const cells = day === undefined ? [] : await Promise.all(described.map((one) => readChange(one, { day, beside }, setting)))
  const read = cells.filter((one) => one !== undefined)
  const figures = shown ? await Promise.all(read.map((one) => changeFigure(one, setting, shown))) : []
  const { writing } = setting
  const [main] = figures
  return {
    language: state.language,
    title: words.title,
    intro: words.intro,
    finding: main ? `${capital(writing.place(state.place))}: ${uncapital(main.title)}.` : '',
    place: {
      name: PLACE_PARAMETER,
      label: words.placeLabel,
      value: state.place,
      options: places.map(({ place, name }) => ({ value: place, label: name || writing.place(place) })),
    },
    kind: {
      name: CHANGE_FIELDS.kind,
      label: words.kindLabel,
      value: CHANGE_KIND_WORDS[kind],
      options: CHANGE_KINDS.map((each) => ({ value: CHANGE_KIND_WORDS[each], label: words.kinds[each] })),
    },
    day: {
      name: CHANGE_FIELDS.day,
      label: words.dayLabel,
      value: day === undefined ? '' : formatDay(day),
      note: chosen.dayText !== '' && day === undefined ? words.dayWrong : words.dayNote,
    },
    beside: { name: CHANGE_FIELDS.beside, label: words.besideLabel, value: beside ?? NOBODY, options },
    show: words.show,
    moments: {
      title: words.moments.title,
      none: words.moments.none,
      links: momentLinks(setting, joined, { words, search: parameters }),
    },
    notice: day === undefined ? words.noDay : figures.length === 0 ? words.nothing : '',
    figures,
    caveats: {
      title: words.caveatsTitle,
      list: day === undefined ? [] : [...(await ownCaveats({ kind, day, place: state.place }, words, sources)), ...words.caveats],
    },
    words: writing.words.words,
  }
}

/** Within a sentence only the name of a municipality has a capital. */
function spokenName(option: ChangeChoice['options'][number] | undefined): string {
  if (option === undefined || option.value === NOBODY) return ''
  const { value, label } = option
  return value === ALL_PLACES || value.includes('+') ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** What the figures are about; its period is the year of the change, which none of them goes by. */
export async function changeSetting(
  { language, place, day }: { readonly language: PageState['language']; readonly place: string; readonly day: number },
  scope: Scope,
  sources: PageSources,
): Promise<FigureSetting> {
  const period = reportingPeriodOf('YEAR', day).key
  const setting = await settingOf({ state: { language, place, period, compareWith: 'none' }, scope }, sources)
  if (!setting) throw new RangeError('A year is a period, and there is a scope')
  return setting
}

interface Options {
  readonly scope: Scope
  readonly joined: readonly JoiningDay[]
  readonly words: ChangeWords
  readonly day: number | undefined
}

/** Who may stand beside the place: others of its region that did not join around that time, those together, everybody, nobody. */
async function besideOptions(
  setting: FigureSetting,
  { scope, joined, words, day }: Options,
  { places }: PageSources,
): Promise<ChangeChoice['options']> {
  const { place, writing } = setting
  const window = day === undefined ? undefined : quartersAround(day)
  const [first, last] = [window?.shown[0]?.firstDay ?? 0, window?.shown.at(-1)?.lastDay ?? 0]
  const regions = parsePlace(place)?.kind === 'MUNICIPALITY' ? await places.regionsWith(nisOf(place) ?? 0) : []
  const membersOf = await places.regions()
  const around = regions
    .flatMap((region) => membersOf(Number(region.slice('region:'.length))).map((nis) => `municipality:${nis}`))
    .filter((one) => scope.mayRead(one))
  const others = unchangedAround(setting, [...new Set(around)], joinedBetween(joined, first, last))
  return [
    ...(others.length > 1 ? [{ value: others.join('+'), label: words.others }] : []),
    ...others.map((one) => ({ value: one, label: writing.place(one) })),
    ...(place === ALL_PLACES ? [] : [{ value: ALL_PLACES, label: writing.place(ALL_PLACES) }]),
    { value: NOBODY, label: words.nobody },
  ]
}

/** The chosen one where it may stand there, else the first that there is. */
function besideOf({ beside }: ChangeState, options: ChangeChoice['options']): string | undefined {
  const chosen = options.find(({ value }) => value === beside) ?? options[0]
  return chosen === undefined || chosen.value === NOBODY ? undefined : chosen.value
}

/** What else to know of one change. */
export async function ownCaveats(
  { kind, day, place }: Pick<Moment, 'kind' | 'day' | 'place'>,
  words: ChangeWords,
  { places }: Pick<PageSources, 'places'>,
): Promise<readonly string[]> {
  const { shown } = quartersAround(day)
  const isInPandemic = (shown[0]?.firstDay ?? 0) <= PANDEMIC.last && (shown.at(-1)?.lastDay ?? 0) >= PANDEMIC.first
  const mergers = await places.mergers()
  const isMerger = [...mergers.values()].includes(nisOf(place) ?? -1)
  return [...(isInPandemic ? [words.pandemic] : []), words.ofKind[kind], ...(isMerger ? [words.merger] : [])]
}
