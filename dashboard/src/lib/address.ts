import { LANGUAGE_PARAMETER, type Language, languageOf } from './language.ts'
import { THEME_PARAMETER, type Theme, themeOf, themeWord } from './theme.ts'

/** What a reader chose, as far as it stands in the address. */
export interface Choice {
  readonly language: Language
  readonly theme: Theme
}

export function choiceOf(parameters: Pick<URLSearchParams, 'get'>): Choice {
  return { language: languageOf(parameters), theme: themeOf(parameters) }
}

/** Address of a page with a choice; defaults are left out. */
export function addressOf(path: string, { language, theme }: Choice): string {
  const parameters = new URLSearchParams()
  if (language !== 'nl') parameters.set(LANGUAGE_PARAMETER, language)
  if (theme !== 'system') parameters.set(THEME_PARAMETER, themeWord(theme))
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`
}
