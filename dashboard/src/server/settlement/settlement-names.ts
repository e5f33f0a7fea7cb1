import type { SettlementDocument } from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import { settlementWordsOf } from './settlement-words.ts'

type Named = Pick<SettlementDocument, 'municipalities' | 'organizers'>

/** As the settlement has it: what was closed reads the same for ever. 0 is a municipality that nobody knows. */
export function municipalityName({ municipalities }: Named, nis: number, language: Language): string {
  return municipalities[String(nis)] ?? (nis === 0 ? settlementWordsOf(language).unknown : String(nis))
}

/** @param id canonical */
export function organizerName({ organizers }: Named, id: string): string {
  return organizers[id] ?? id
}
