import type { Language } from '../../lib/language.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import type { WorkspaceMessages } from './workspace-messages.ts'

const MESSAGES: Readonly<Record<Language, WorkspaceMessages>> = { nl, fr, en }

export function workspaceMessagesOf(language: Language): WorkspaceMessages {
  return MESSAGES[language]
}
