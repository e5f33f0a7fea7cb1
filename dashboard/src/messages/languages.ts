import type { Language } from '../lib/language.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Messages } from './messages.ts'
import { nl } from './nl.ts'

const MESSAGES: Readonly<Record<Language, Messages>> = { nl, fr, en }

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { nl: 'Nederlands', fr: 'Français', en: 'English' }

export function messagesOf(language: Language): Messages {
  return MESSAGES[language]
}
