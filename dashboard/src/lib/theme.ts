/** `system` follows the reader's device; the other two are a choice that stays in the address. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Address parameter that carries the theme, with its Dutch words. Left out for `system`. */
export const THEME_PARAMETER = 'thema'
const ADDRESS_WORDS = { system: '', light: 'licht', dark: 'donker' } as const

export function themeOf(parameters: Pick<URLSearchParams, 'get'>): Theme {
  const word = parameters.get(THEME_PARAMETER)
  return THEMES.find((theme) => theme !== 'system' && ADDRESS_WORDS[theme] === word) ?? 'system'
}

export function themeWord(theme: Theme): string {
  return ADDRESS_WORDS[theme]
}
