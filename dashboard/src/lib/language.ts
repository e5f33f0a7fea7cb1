/** Languages of the pages; Dutch is the first and the default. */
export const LANGUAGES = ['nl', 'fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Address parameter that carries the language. Left out for Dutch, so that one page has one address. */
export const LANGUAGE_PARAMETER = 'taal'

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value)
}

/** An unknown or missing value is Dutch: a mistyped address shows a page instead of an error. */
export function languageOf(parameters: Pick<URLSearchParams, 'get'>): Language {
  const value = parameters.get(LANGUAGE_PARAMETER)
  return isLanguage(value) ? value : 'nl'
}
