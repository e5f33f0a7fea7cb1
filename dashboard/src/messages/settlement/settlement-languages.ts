import type { Language } from '../../lib/language.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import type { SettlementFault, SettlementMessages } from './settlement-messages.ts'

const LANGUAGES: Readonly<Record<Language, SettlementMessages>> = { nl, fr, en }

export function settlementMessagesOf(language: Language): SettlementMessages {
  return LANGUAGES[language]
}

export function isSettlementFault(code: string): code is SettlementFault {
  return Object.hasOwn(nl.faults, code)
}
