import {
  entityId,
  type MunicipalityStatement,
  municipalityStatements,
  type SettlementDocument,
  type SettlementLine,
  transfersOf,
} from '@zuil/core'
import { type Format, formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import type { Paper } from '../paper/paper-press.ts'
import { type SettlementPaperWords, settlementPaperWordsOf } from './settlement-paper-words.ts'
import { type SettlementWords, settlementWordsOf } from './settlement-words.ts'

/** What a paper is about: the region, a municipality (NIS) or an organizer. */
export type SettlementPart = { readonly region: true } | { readonly municipality: number } | { readonly organizer: string }

/** As the template takes it. */
interface PaperTable {
  readonly title: string
  readonly heads: readonly string[]
  /** Columns that hold texts, from the left. */
  readonly texts: number
  readonly rows: readonly { readonly cells: readonly string[]; readonly isTotal: boolean }[]
}

const CENTS_PER_EURO = 100

/** The statement of a municipality, the expense note of an organizer, or the overview of the region, ready to be set. */
export function settlementPaper(document: SettlementDocument, part: SettlementPart, language: Language): Paper {
  return new SettlementPaper(document, language).of(part)
}

class SettlementPaper {
  readonly #document: SettlementDocument
  readonly #language: Language
  readonly #words: SettlementPaperWords
  readonly #tableWords: SettlementWords
  readonly #format: Format

  constructor(document: SettlementDocument, language: Language) {
    this.#document = document
    this.#language = language
    this.#words = settlementPaperWordsOf(language)
    this.#tableWords = settlementWordsOf(language)
    this.#format = formatOf(language)
  }

  of(part: SettlementPart): Paper {
    const { statement, note, overview } = this.#words
    if ('municipality' in part)
      return this.#paper(statement(this.#municipality(part.municipality)), this.#statement(part.municipality))
    if ('organizer' in part) {
      const organizer = entityId(part.organizer)
      return this.#paper(note(this.#organizer(organizer)), this.#note(organizer))
    }
    return this.#paper(overview, this.#overview())
  }

  #paper(title: string, tables: readonly PaperTable[]): Paper {
    const { region, period, closing, lastDay } = this.#document
    return {
      template: 'settlement',
      // An open settlement was made at no certain time: it has that of its period.
      createdAt: closing?.closedAt ?? Date.parse(`${lastDay}T00:00:00Z`),
      pictures: {},
      contents: {
        language: this.#language,
        title,
        region,
        period: periodName(period, this.#language),
        facts: this.#facts(),
        tables: tables.filter(({ rows }) => rows.length > 0),
      },
    }
  }

  #facts(): readonly { readonly term: string; readonly text: string }[] {
    const { closing, record } = this.#document
    const { facts, state, agreement, exact } = this.#tableWords
    const known = [
      [facts.state, state(this.#document)],
      [facts.agreement, agreement(this.#document)],
      [facts.exact, exact],
    ] as const
    const { term, text } = this.#words.record
    const kept = closing && record ? [{ term, text: text({ number: closing.number, sha256: record.sha256 }) }] : []
    return [...known.map(([name, meaning]) => ({ term: capital(name), text: meaning })), ...kept]
  }

  #statement(nis: number): readonly PaperTable[] {
    const { lines } = this.#document
    const statement = municipalityStatements(this.#document).find((one) => one.nis === nis)
    const { parts, heads } = this.#words
    return [
      { title: parts.amounts, texts: 1, heads: [heads.what, heads.amount], rows: statement ? this.#amounts(statement) : [] },
      this.#lines(
        parts.paid,
        lines.filter(({ payer }) => payer === nis),
        'host',
      ),
      this.#lines(
        parts.received,
        lines.filter(({ payer, host }) => host === nis && payer !== nis),
        'payer',
      ),
    ]
  }

  #amounts(statement: MunicipalityStatement): PaperTable['rows'] {
    const { amounts } = this.#words
    // `as` holds: the keys of the words are amounts of a statement
    const keys = Object.keys(amounts) as (keyof typeof amounts)[]
    return keys.map((key) => ({ cells: [amounts[key], this.#euro(statement[key])], isTotal: key === 'balance' }))
  }

  #lines(title: string, lines: readonly SettlementLine[], place: 'host' | 'payer'): PaperTable {
    const { heads, total } = this.#words
    const money = (of: readonly SettlementLine[]) => [
      String(sum(of, 'tickets')),
      ...(['regularPrice', 'participant', 'organizerShare', 'localGovernment'] as const).map((key) => this.#euro(sum(of, key))),
    ]
    const rows = lines.map((line) => ({
      cells: [`${this.#organizer(line.organizer)}${this.#kind(line)}`, this.#municipality(line[place]), ...money([line])],
      isTotal: false,
    }))
    return {
      title,
      texts: 2,
      heads: [heads.organizer, heads.municipality, heads.tickets, heads.price, heads.participant, heads.share, heads.local],
      rows: rows.length === 0 ? [] : [...rows, { cells: [total, '', ...money(lines)], isTotal: true }],
    }
  }

  #note(organizer: string): readonly PaperTable[] {
    const { parts, heads, total } = this.#words
    const lines = this.#document.lines.filter((line) => line.organizer === organizer)
    const money = (of: readonly SettlementLine[], amount: 'localGovernment' | 'flemishGovernment') => [
      String(sum(of, 'tickets')),
      ...(['regularPrice', 'participant', 'organizerShare'] as const).map((key) => this.#euro(sum(of, key))),
      this.#euro(sum(of, amount)),
    ]
    const rows = lines.map((line) => ({
      cells: [`${this.#municipality(line.payer)}${this.#kind(line)}`, ...money([line], 'localGovernment')],
      isTotal: false,
    }))
    const flemish = sum(lines, 'flemishGovernment')
    const last = money(lines, 'localGovernment').slice(0, -1)
    const due = this.#euro(sum(lines, 'localGovernment') + flemish)
    const ofFlanders = { cells: [this.#tableWords.flemishGovernment, '', '', '', '', this.#euro(flemish)], isTotal: false }
    return [
      {
        title: parts.due,
        texts: 1,
        heads: [heads.government, heads.tickets, heads.price, heads.participant, heads.share, heads.amount],
        rows: [...rows, ...(flemish === 0 ? [] : [ofFlanders]), { cells: [total, ...last, due], isTotal: true }],
      },
    ]
  }

  #overview(): readonly PaperTable[] {
    const { parts, heads } = this.#words
    const statements = municipalityStatements(this.#document)
    const { findings } = this.#document
    const plain = (cells: readonly string[]) => ({ cells, isTotal: false })
    return [
      {
        title: parts.municipalities,
        texts: 1,
        heads: [heads.municipality, heads.tickets, heads.paid, heads.received, heads.borne, heads.balance],
        rows: statements.map(({ nis, tickets, ...of }) =>
          plain([
            this.#municipality(nis),
            String(tickets),
            ...[of.paid, of.received, of.borne, of.balance].map((cents) => this.#euro(cents)),
          ]),
        ),
      },
      {
        title: parts.transfers,
        texts: 2,
        heads: [heads.from, heads.to, heads.amount],
        rows: transfersOf(statements).map(({ from, to, cents }) =>
          plain([this.#municipality(from), this.#municipality(to), this.#euro(cents)]),
        ),
      },
      {
        title: parts.findings,
        texts: 2,
        heads: [heads.finding, heads.what, heads.tickets, heads.amount],
        rows: findings.map(({ code, subject, tickets, cents }) =>
          plain([this.#tableWords.findings[code], this.#nameOf(subject), String(tickets), this.#euro(cents)]),
        ),
      },
    ]
  }

  #nameOf(subject: string): string {
    const { municipalities, organizers } = this.#document
    return municipalities[subject] ?? organizers[subject] ?? subject
  }

  #municipality(nis: number): string {
    return this.#document.municipalities[String(nis)] ?? (nis === 0 ? this.#tableWords.unknown : String(nis))
  }

  #organizer(id: string): string {
    return this.#document.organizers[id] ?? id
  }

  /** Of a correction what it is, and of which period. */
  #kind({ kind, origin }: SettlementLine): string {
    return kind === 'SOLD' ? '' : ` (${this.#tableWords.kinds[kind]}, ${periodName(origin, this.#language)})`
  }

  #euro(cents: number): string {
    return this.#format.euro(cents / CENTS_PER_EURO, 2)
  }
}

function sum(
  lines: readonly SettlementLine[],
  of: 'tickets' | 'regularPrice' | 'participant' | 'organizerShare' | 'localGovernment' | 'flemishGovernment',
): number {
  return lines.reduce((all, line) => all + line[of], 0)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
