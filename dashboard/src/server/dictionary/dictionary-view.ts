import type { DictionaryView } from '../../lib/dictionary-view.ts'
import type { Language } from '../../lib/language.ts'
import { dictionaryEntries } from './dictionary.ts'
import { dictionaryWordsOf } from './dictionary-words.ts'

const PERSPECTIVES = ['MUNICIPALITY', 'REGION', 'ORGANIZER', 'OPERATOR'] as const

/** Nothing in it depends on a release, so it is made once for each language. */
const views = new Map<Language, DictionaryView>()

export function dictionaryView(language: Language): DictionaryView {
  const known = views.get(language)
  if (known) return known
  const entries = dictionaryEntries(language)
  const { perspectives } = dictionaryWordsOf(language)
  const sections = PERSPECTIVES.map((perspective) => ({
    id: perspective.toLowerCase(),
    title: perspectives[perspective],
    entries: entries.filter((entry) => entry.perspective === perspective),
  }))
  const view = { language, sections }
  views.set(language, view)
  return view
}
