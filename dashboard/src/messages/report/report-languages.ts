import type { Language } from '../../lib/language.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import type { ReportMessages } from './report-messages.ts'

const REPORT_MESSAGES: Readonly<Record<Language, ReportMessages>> = { nl, fr, en }

export function reportMessagesOf(language: Language): ReportMessages {
  return REPORT_MESSAGES[language]
}
