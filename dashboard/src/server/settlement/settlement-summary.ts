import { entityId, municipalityStatements, type SettlementDocument, transfersOf } from '@zuil/core'
import { formatOf } from '../../lib/format.ts'
import type { KeyFigure } from '../../lib/key-figure.ts'
import type { Language } from '../../lib/language.ts'
import { settlementMessagesOf } from '../../messages/settlement/settlement-languages.ts'
import { euroText, sumOf } from './settlement-amounts.ts'
import { municipalityName, organizerName } from './settlement-names.ts'
import type { SettlementPart } from './settlement-sheets.ts'

/** One sentence: what comes of the settlement for the region, a municipality or an organizer. */
export function settlementFinding(document: SettlementDocument, part: SettlementPart, language: Language): string {
  const { findings } = settlementMessagesOf(language)
  const format = formatOf(language)
  const euro = (cents: number) => euroText(cents, language)
  const statements = municipalityStatements(document)
  if ('municipality' in part) {
    const nis = part.municipality
    const name = municipalityName(document, nis, language)
    const balance = statements.find((one) => one.nis === nis)?.balance ?? 0
    if (balance === 0) return findings.even(name)
    return (balance > 0 ? findings.gets : findings.owes)({ name, amount: euro(Math.abs(balance)) })
  }
  if ('organizer' in part) {
    const organizer = entityId(part.organizer)
    const lines = document.lines.filter((line) => line.organizer === organizer)
    const tickets = sumOf(lines, 'tickets')
    const amount = euro(sumOf(lines, 'localGovernment') + sumOf(lines, 'flemishGovernment'))
    const name = organizerName(document, organizer)
    return findings.note({ name, amount, tickets: format.count(tickets), one: tickets === 1 })
  }
  if (document.lines.length === 0) return findings.nothing
  const tickets = sumOf(document.lines, 'tickets')
  return findings.region({
    borne: euro(sumOf(document.lines, 'localGovernment')),
    tickets: format.count(tickets),
    one: tickets === 1,
    transfers: transfersOf(statements).length,
  })
}

/** Of a region. */
export function settlementKeyFigures(document: SettlementDocument, language: Language): readonly KeyFigure[] {
  const { keyFigures: words } = settlementMessagesOf(language)
  const format = formatOf(language)
  const euro = (cents: number) => euroText(cents, language)
  const { lines } = document
  const transfers = transfersOf(municipalityStatements(document))
  const moved = transfers.reduce((all, { cents }) => all + cents, 0)
  const corrections = lines.filter(({ kind }) => kind !== 'SOLD')
  const local = sumOf(lines, 'localGovernment')
  return [
    { id: 'tickets', label: words.tickets, value: format.count(sumOf(lines, 'tickets')), note: words.ticketsNote },
    {
      id: 'local',
      label: words.local,
      value: euro(local),
      note: words.localNote(format.share(local, sumOf(lines, 'regularPrice'))),
    },
    { id: 'moved', label: words.moved, value: euro(moved), note: words.movedNote(transfers.length) },
    {
      id: 'corrected',
      label: words.corrections,
      value: euro(sumOf(corrections, 'localGovernment')),
      note: words.correctionsNote(format.count(sumOf(corrections, 'tickets'))),
    },
  ]
}
