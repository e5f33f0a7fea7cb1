import { addressOf, type Choice } from '../../lib/address.ts'
import type { Language } from '../../lib/language.ts'
import type { Link } from '../../lib/link.ts'
import { SETTLEMENT_FIELDS, SETTLEMENT_PATH } from '../../lib/settlement/settlement-view.ts'
import type { SettlementPart, SettlementSheet } from './settlement-sheets.ts'

export interface SettlementPlace {
  readonly choice: Choice
  readonly cardSystem: number
  /** Key of the period. */
  readonly period: string
}

/** Where the pages and files of one settlement are. */
export class SettlementAddress {
  readonly #place: SettlementPlace

  constructor(place: SettlementPlace) {
    this.#place = place
  }

  page(part: SettlementPart): string {
    const { choice, cardSystem, period } = this.#place
    const address = new URL(addressOf(SETTLEMENT_PATH, choice), 'http://zuil')
    address.searchParams.set(SETTLEMENT_FIELDS.region, String(cardSystem))
    address.searchParams.set(SETTLEMENT_FIELDS.period, period)
    if ('municipality' in part) address.searchParams.set(SETTLEMENT_FIELDS.municipality, String(part.municipality))
    if ('organizer' in part) address.searchParams.set(SETTLEMENT_FIELDS.organizer, part.organizer)
    return `${address.pathname}${address.search}`
  }

  /** Files of what a section shows; of a statement or note they are with its first section, and hold all of it. */
  files(id: SettlementSheet['id'], part: SettlementPart): readonly Link[] {
    const { cardSystem, period, choice } = this.#place
    const base = `/api/v1/settlements/${cardSystem}/${period}`
    if ('municipality' in part)
      return id === 'amounts' ? filesOf(`${base}/municipalities/${part.municipality}`, choice.language) : []
    if ('organizer' in part) return filesOf(`${base}/organizers/${encodeURIComponent(part.organizer)}`, choice.language)
    if (id === 'municipalities') return filesOf(base, choice.language)
    if (id !== 'transfers' && id !== 'findings') return []
    return filesOf(`${base}/${id}`, choice.language).filter(({ label }) => label !== PAPER)
  }
}

const PAPER = 'PDF'

function filesOf(path: string, language: Language): readonly Link[] {
  return [
    { label: PAPER, href: `${path}/paper?language=${language}` },
    { label: 'XLSX', href: `${path}?format=xlsx&language=${language}` },
    { label: 'CSV', href: `${path}?format=csv&language=${language}` },
    { label: 'CSV (Excel)', href: `${path}?format=csv-excel-nl&language=${language}` },
  ]
}
