/** Languages of what end users read, Dutch first. */
export const LANGUAGES = ['nl', 'fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The same in each language. */
export type Texts = Readonly<Record<Language, string>>
