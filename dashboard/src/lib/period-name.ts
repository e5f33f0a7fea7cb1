import { messagesOf } from '../messages/languages.ts'
import type { Language } from './language.ts'

/** Making a formatter takes longer than using it a hundred times, and a list of periods has dozens. */
const MONTHS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  nl: monthsIn('nl-BE'),
  fr: monthsIn('fr-BE'),
  en: monthsIn('en-GB'),
}

/** A reporting period as people say it: `november 2026`, `4e kwartaal 2026`, `2026`, `seizoen 2025-2026`. */
export function periodName(period: string, language: Language): string {
  const words = messagesOf(language).period
  const [year = '', part = ''] = period.split('-')
  if (part === '') return year
  if (part.startsWith('Q')) return words.quarter(Number(part.slice(1)), year)
  if (part.length === 4) return words.season(period)
  const month = new Date(Date.UTC(Number(year), Number(part) - 1, 1))
  return MONTHS[language].format(month)
}

function monthsIn(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
}
