import type { SettlementDocument } from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import type { SettlementSection } from '../../lib/settlement/settlement-view.ts'
import type { TableRow } from '../../lib/table-view.ts'
import { settlementMessagesOf } from '../../messages/settlement/settlement-languages.ts'
import type { SettlementAddress } from './settlement-address.ts'
import { type SettlementPart, type SettlementSheet, settlementSheets } from './settlement-sheets.ts'

/** The sheets of a settlement as sections of a page, with their files; a name leads to its own statement or note. */
export function settlementSections(
  document: SettlementDocument,
  part: SettlementPart,
  { address, language }: { readonly address: SettlementAddress; readonly language: Language },
): readonly SettlementSection[] {
  const { notes, none } = settlementMessagesOf(language)
  const emptyNotes: Partial<Record<SettlementSheet['id'], string>> = none
  return settlementSheets(document, part, language).sheets.map((sheet) => ({
    id: sheet.id,
    title: sheet.title,
    note: sheet.rows.length > 0 ? notes[sheet.id] : (emptyNotes[sheet.id] ?? none.other),
    table: {
      caption: sectionCaption(sheet.title, document, language),
      columns: sheet.heads.map((label, index) => ({ label, numeric: index >= sheet.texts })),
      rows: sheet.rows.map((row, index): TableRow => {
        const href = row.about === '' ? undefined : address.page(partAbout(sheet.id, row.about))
        return { key: `${index}`, cells: row.cells, isTotal: row.isTotal, ...(href !== undefined && { href }) }
      }),
    },
    files: sheet.rows.length > 0 ? address.files(sheet.id, part) : [],
  }))
}

/** What a table is of, where it stands alone: `Per gemeente: UiTPAS Maasland, 1e kwartaal 2025`. */
export function sectionCaption(title: string, { region, period }: SettlementDocument, language: Language): string {
  return `${title}: ${region}, ${periodName(period, language)}`
}

function partAbout(id: SettlementSheet['id'], about: string): SettlementPart {
  return id === 'organizers' ? { organizer: about } : { municipality: Number(about) }
}
