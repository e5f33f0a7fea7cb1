import { LANGUAGE_PARAMETER, type Language, languageOf } from './language.ts'
import { COMPARISONS, type Comparison } from './pages.ts'
import { THEME_PARAMETER, type Theme, themeOf, themeWord } from './theme.ts'

/** How a reader wants pages, as far as it stands in the address. */
export interface Choice {
  readonly language: Language
  readonly theme: Theme
}

/** What a reader chose on a page of figures, as far as it stands in the address; what they did not choose is not there. */
export interface Chosen {
  /** `municipality:73107` */
  readonly place?: string
  /** `2025-Q4` */
  readonly period?: string
  readonly compareWith?: Comparison
}

export const PLACE_PARAMETER = 'plaats'
export const PERIOD_PARAMETER = 'periode'
export const COMPARISON_PARAMETER = 'vergelijk'
/** How a comparison stands in the address. */
export const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  previous: 'vorige',
  region: 'regio',
  peers: 'gelijken',
  none: 'geen',
}

export function choiceOf(parameters: Pick<URLSearchParams, 'get'>): Choice {
  return { language: languageOf(parameters), theme: themeOf(parameters) }
}

export function comparisonOf(parameters: Pick<URLSearchParams, 'get'>): Comparison | undefined {
  const word = parameters.get(COMPARISON_PARAMETER)
  return COMPARISONS.find((each) => COMPARISON_WORDS[each] === word)
}

/** What a reader chose, unchecked: the page that it is for says whether it holds. */
export function chosenOf(parameters: Pick<URLSearchParams, 'get'>): Chosen {
  const place = parameters.get(PLACE_PARAMETER)
  const period = parameters.get(PERIOD_PARAMETER)
  const compareWith = comparisonOf(parameters)
  return { ...(place && { place }), ...(period && { period }), ...(compareWith && { compareWith }) }
}

/** Address of a page with what was chosen; defaults are left out. */
export function addressOf(path: string, { language, theme }: Choice, { place, period, compareWith }: Chosen = {}): string {
  const parameters = new URLSearchParams()
  if (place !== undefined) parameters.set(PLACE_PARAMETER, place)
  if (period !== undefined) parameters.set(PERIOD_PARAMETER, period)
  if (compareWith !== undefined) parameters.set(COMPARISON_PARAMETER, COMPARISON_WORDS[compareWith])
  if (language !== 'nl') parameters.set(LANGUAGE_PARAMETER, language)
  if (theme !== 'system') parameters.set(THEME_PARAMETER, themeWord(theme))
  // A colon may stand in a query as it is; `municipality%3A73107` is hard to read out.
  return parameters.size === 0 ? path : `${path}?${parameters.toString().replaceAll('%3A', ':')}`
}
