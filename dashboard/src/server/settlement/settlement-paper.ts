import type { SettlementDocument } from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import type { Paper } from '../paper/paper-press.ts'
import { settlementPaperWordsOf } from './settlement-paper-words.ts'
import { type SettlementPart, settlementSheets } from './settlement-sheets.ts'
import { settlementWordsOf } from './settlement-words.ts'

/** The statement of a municipality, the expense note of an organizer, or the overview of the region, ready to be set. */
export function settlementPaper(document: SettlementDocument, part: SettlementPart, language: Language): Paper {
  const { region, period, closing, lastDay } = document
  const { title, sheets } = settlementSheets(document, part, language)
  return {
    template: 'settlement',
    // An open settlement was made at no certain time: it has that of its period.
    createdAt: closing?.closedAt ?? Date.parse(`${lastDay}T00:00:00Z`),
    pictures: {},
    contents: {
      language,
      title,
      region,
      period: periodName(period, language),
      facts: factsOf(document, language),
      tables: sheets
        .filter(({ rows }) => rows.length > 0)
        .map(({ title: heading, heads, texts, rows }) => ({
          title: heading,
          heads,
          texts,
          rows: rows.map(({ cells, isTotal }) => ({ cells, isTotal })),
        })),
    },
  }
}

/** Whether it is closed, by which agreement, what may be done with it, and which record it is of. */
export function factsOf(
  document: SettlementDocument,
  language: Language,
): readonly { readonly term: string; readonly text: string }[] {
  const { closing, record } = document
  const { facts, state, agreement, exact } = settlementWordsOf(language)
  const known = [
    [facts.state, state(document)],
    [facts.agreement, agreement(document)],
    [facts.exact, exact],
  ] as const
  const { term, text } = settlementPaperWordsOf(language).record
  const kept = closing && record ? [{ term, text: text({ number: closing.number, sha256: record.sha256 }) }] : []
  return [...known.map(([name, meaning]) => ({ term: capital(name), text: meaning })), ...kept]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
