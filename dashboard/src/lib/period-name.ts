import { messagesOf } from '../messages/languages.ts'
import type { Language } from './language.ts'

const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB' }

/** A reporting period as people say it: `november 2026`, `4e kwartaal 2026`, `2026`, `seizoen 2025-2026`. */
export function periodName(period: string, language: Language): string {
  const words = messagesOf(language).period
  const [year = '', part = ''] = period.split('-')
  if (part === '') return year
  if (part.startsWith('Q')) return words.quarter(Number(part.slice(1)), year)
  if (part.length === 4) return words.season(period)
  const month = new Date(Date.UTC(Number(year), Number(part) - 1, 1))
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month)
}
