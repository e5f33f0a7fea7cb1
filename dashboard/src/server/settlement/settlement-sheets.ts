import {
  entityId,
  type MunicipalityStatement,
  municipalityStatements,
  parseDay,
  type SettlementDocument,
  type SettlementLine,
  startOfDay,
  transfersOf,
} from '@zuil/core'
import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import { euroText, sumOf } from './settlement-amounts.ts'
import { municipalityName, organizerName } from './settlement-names.ts'
import { type SettlementPaperWords, settlementPaperWordsOf } from './settlement-paper-words.ts'
import { type SettlementWords, settlementWordsOf } from './settlement-words.ts'

/** What a paper or page is about: the region, a municipality (NIS) or an organizer. */
export type SettlementPart = { readonly region: true } | { readonly municipality: number } | { readonly organizer: string }

/** A table as people read it, on paper and on the page: amounts in euro, in their language. */
export interface SettlementSheet {
  readonly id: keyof SettlementPaperWords['parts']
  readonly title: string
  readonly heads: readonly string[]
  /** Columns that hold texts, from the left. */
  readonly texts: number
  readonly rows: readonly SheetRow[]
}

interface SheetRow {
  /** What the row is about: a NIS code, the id of an organizer; empty where it is about nothing that has a sheet of its own. */
  readonly about: string
  readonly cells: readonly string[]
  readonly isTotal: boolean
}

/** The title and tables of a region, of the statement of a municipality, or of the expense note of an organizer; empty tables are there too. */
export function settlementSheets(
  document: SettlementDocument,
  part: SettlementPart,
  language: Language,
): { readonly title: string; readonly sheets: readonly SettlementSheet[] } {
  return new SettlementSheets(document, language).of(part)
}

class SettlementSheets {
  readonly #document: SettlementDocument
  readonly #language: Language
  readonly #words: SettlementPaperWords
  readonly #tableWords: SettlementWords

  constructor(document: SettlementDocument, language: Language) {
    this.#document = document
    this.#language = language
    this.#words = settlementPaperWordsOf(language)
    this.#tableWords = settlementWordsOf(language)
  }

  of(part: SettlementPart): { readonly title: string; readonly sheets: readonly SettlementSheet[] } {
    const { statement, note, overview } = this.#words
    if ('municipality' in part)
      return { title: statement(this.#municipality(part.municipality)), sheets: this.#statement(part.municipality) }
    if ('organizer' in part) {
      const organizer = entityId(part.organizer)
      return { title: note(this.#organizer(organizer)), sheets: this.#note(organizer) }
    }
    return { title: overview, sheets: this.#overview() }
  }

  #statement(nis: number): readonly SettlementSheet[] {
    const { lines } = this.#document
    const statement = municipalityStatements(this.#document).find((one) => one.nis === nis)
    const { parts, heads } = this.#words
    return [
      {
        id: 'amounts',
        title: parts.amounts,
        texts: 1,
        heads: [heads.what, heads.amount],
        rows: statement ? this.#amounts(statement) : [],
      },
      this.#lines(
        'paid',
        lines.filter(({ payer }) => payer === nis),
        'host',
      ),
      this.#lines(
        'received',
        lines.filter(({ payer, host }) => host === nis && payer !== nis),
        'payer',
      ),
    ]
  }

  #amounts(statement: MunicipalityStatement): readonly SheetRow[] {
    const { amounts } = this.#words
    // `as` holds: the keys of the words are amounts of a statement
    const keys = Object.keys(amounts) as (keyof typeof amounts)[]
    return keys.map((key) => ({ about: '', cells: [amounts[key], this.#euro(statement[key])], isTotal: key === 'balance' }))
  }

  #lines(id: 'paid' | 'received', lines: readonly SettlementLine[], place: 'host' | 'payer'): SettlementSheet {
    const { parts, heads, total } = this.#words
    const money = (of: readonly SettlementLine[]) => [
      this.#count(sumOf(of, 'tickets')),
      ...(['regularPrice', 'participant', 'organizerShare', 'localGovernment'] as const).map((key) => this.#euro(sumOf(of, key))),
    ]
    const rows = lines.map((line) => ({
      about: '',
      cells: [`${this.#organizer(line.organizer)}${this.#kind(line)}`, this.#municipality(line[place]), ...money([line])],
      isTotal: false,
    }))
    return {
      id,
      title: parts[id],
      texts: 2,
      heads: [heads.organizer, heads.municipality, heads.tickets, heads.price, heads.participant, heads.share, heads.local],
      rows: rows.length === 0 ? [] : [...rows, { about: '', cells: [total, '', ...money(lines)], isTotal: true }],
    }
  }

  #note(organizer: string): readonly SettlementSheet[] {
    const { parts, heads, total } = this.#words
    const lines = this.#document.lines.filter((line) => line.organizer === organizer)
    const money = (of: readonly SettlementLine[], amount: 'localGovernment' | 'flemishGovernment') => [
      this.#count(sumOf(of, 'tickets')),
      ...(['regularPrice', 'participant', 'organizerShare'] as const).map((key) => this.#euro(sumOf(of, key))),
      this.#euro(sumOf(of, amount)),
    ]
    const rows = lines.map((line) => ({
      about: '',
      cells: [`${this.#municipality(line.payer)}${this.#kind(line)}`, ...money([line], 'localGovernment')],
      isTotal: false,
    }))
    const flemish = sumOf(lines, 'flemishGovernment')
    const last = money(lines, 'localGovernment').slice(0, -1)
    const due = this.#euro(sumOf(lines, 'localGovernment') + flemish)
    const ofFlanders = {
      about: '',
      cells: [this.#tableWords.flemishGovernment, '', '', '', '', this.#euro(flemish)],
      isTotal: false,
    }
    return [
      {
        id: 'due',
        title: parts.due,
        texts: 1,
        heads: [heads.government, heads.tickets, heads.price, heads.participant, heads.share, heads.amount],
        rows: [...rows, ...(flemish === 0 ? [] : [ofFlanders]), { about: '', cells: [total, ...last, due], isTotal: true }],
      },
    ]
  }

  #overview(): readonly SettlementSheet[] {
    const { parts, heads } = this.#words
    const statements = municipalityStatements(this.#document)
    return [
      {
        id: 'municipalities',
        title: parts.municipalities,
        texts: 1,
        heads: [heads.municipality, heads.tickets, heads.paid, heads.received, heads.borne, heads.balance],
        rows: statements.map(({ nis, tickets, ...of }) => ({
          about: String(nis),
          cells: [
            this.#municipality(nis),
            this.#count(tickets),
            ...[of.paid, of.received, of.borne, of.balance].map((cents) => this.#euro(cents)),
          ],
          isTotal: false,
        })),
      },
      {
        id: 'transfers',
        title: parts.transfers,
        texts: 2,
        heads: [heads.from, heads.to, heads.amount],
        rows: transfersOf(statements).map(({ from, to, cents }) => ({
          about: '',
          cells: [this.#municipality(from), this.#municipality(to), this.#euro(cents)],
          isTotal: false,
        })),
      },
      this.#organizers(),
      this.#corrections(),
      this.#findings(),
    ]
  }

  /** What each organizer may ask of governments, all together. */
  #organizers(): SettlementSheet {
    const { parts, heads, total } = this.#words
    const { lines } = this.#document
    const money = (of: readonly SettlementLine[]) => {
      const [local, flemish] = [sumOf(of, 'localGovernment'), sumOf(of, 'flemishGovernment')]
      return [this.#count(sumOf(of, 'tickets')), ...[local, flemish, local + flemish].map((cents) => this.#euro(cents))]
    }
    const collator = new Intl.Collator(this.#language)
    const rows = [...Map.groupBy(lines, ({ organizer }) => organizer)]
      .map(([organizer, own]) => ({
        about: organizer,
        cells: [this.#organizer(organizer), ...money(own)],
        isTotal: false,
      }))
      .sort((a, b) => collator.compare(a.cells[0] ?? '', b.cells[0] ?? ''))
    return {
      id: 'organizers',
      title: parts.organizers,
      texts: 1,
      heads: [heads.organizer, heads.tickets, heads.local, this.#tableWords.flemishGovernment, heads.due],
      rows: rows.length === 0 ? [] : [...rows, { about: '', cells: [total, ...money(lines)], isTotal: true }],
    }
  }

  /** Tickets of closed periods that came or went since; they stand in the sums above as well. */
  #corrections(): SettlementSheet {
    const { parts, heads, total } = this.#words
    const lines = this.#document.lines.filter(({ kind }) => kind !== 'SOLD')
    const money = (of: readonly SettlementLine[]) => [this.#count(sumOf(of, 'tickets')), this.#euro(sumOf(of, 'localGovernment'))]
    const rows = lines.map((line) => ({
      about: '',
      cells: [
        periodName(line.origin, this.#language),
        this.#tableWords.kinds[line.kind],
        this.#municipality(line.payer),
        this.#organizer(line.organizer),
        ...money([line]),
      ],
      isTotal: false,
    }))
    return {
      id: 'corrections',
      title: parts.corrections,
      texts: 4,
      heads: [heads.period, heads.what, heads.municipality, heads.organizer, heads.tickets, heads.local],
      rows: rows.length === 0 ? [] : [...rows, { about: '', cells: [total, '', '', '', ...money(lines)], isTotal: true }],
    }
  }

  #findings(): SettlementSheet {
    const { parts, heads } = this.#words
    return {
      id: 'findings',
      title: parts.findings,
      texts: 2,
      heads: [heads.finding, heads.what, heads.tickets, heads.amount],
      rows: this.#document.findings.map(({ code, subject, tickets, cents, detail }) => ({
        about: '',
        cells: [
          this.#tableWords.findings[code],
          [this.#nameOf(subject), detail].filter(Boolean).join(': '),
          this.#count(tickets),
          this.#euro(cents),
        ],
        isTotal: false,
      })),
    }
  }

  #nameOf(subject: string): string {
    const { municipalities, organizers } = this.#document
    const day = parseDay(subject)
    const other = day === undefined ? subject : formatOf(this.#language).date(startOfDay(day))
    return municipalities[subject] ?? organizers[subject] ?? other
  }

  #municipality(nis: number): string {
    return municipalityName(this.#document, nis, this.#language)
  }

  #organizer(id: string): string {
    return organizerName(this.#document, id)
  }

  /** Of a correction what it is, and of which period. */
  #kind({ kind, origin }: SettlementLine): string {
    return kind === 'SOLD' ? '' : ` (${this.#tableWords.kinds[kind]}, ${periodName(origin, this.#language)})`
  }

  #count(tickets: number): string {
    return formatOf(this.#language).count(tickets)
  }

  #euro(cents: number): string {
    return euroText(cents, this.#language)
  }
}
