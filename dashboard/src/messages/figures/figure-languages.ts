import type { Language } from '../../lib/language.ts'
import { en } from './en.ts'
import type { FigureMessages } from './figure-messages.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'

const MESSAGES: Readonly<Record<Language, FigureMessages>> = { nl, fr, en }

export function figureMessagesOf(language: Language): FigureMessages {
  return MESSAGES[language]
}
