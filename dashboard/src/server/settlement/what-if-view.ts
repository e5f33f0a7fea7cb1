import { municipalityStatements, type ReportingPeriod } from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import {
  PAID_BY_WORDS,
  SETTLEMENT_FIELDS,
  type SettlementSection,
  type WhatIfField,
  type WhatIfView,
} from '../../lib/settlement/settlement-view.ts'
import type { TableRow } from '../../lib/table-view.ts'
import { settlementMessagesOf } from '../../messages/settlement/settlement-languages.ts'
import { euroText, sumOf } from './settlement-amounts.ts'
import { municipalityName } from './settlement-names.ts'
import { typedPercentages, whatIfOf } from './settlement-question.ts'
import type { SettlementReader, SettlementReading, Supposed } from './settlement-reader.ts'
import { sectionCaption } from './settlement-sections.ts'

export interface WhatIfAsked {
  /** Of the address. */
  readonly parameters: URLSearchParams
  readonly language: Language
  readonly cardSystem: number
  readonly period: ReportingPeriod
}

export interface WhatIfReader {
  readonly settlements: Pick<SettlementReader, 'supposed'>
  readonly reading: SettlementReading
}

/** The form with other percentages, and what they would have made of the tickets of the period. */
export async function whatIfView(asked: WhatIfAsked, { settlements, reading }: WhatIfReader): Promise<WhatIfView> {
  const { parameters, language, cardSystem, period } = asked
  const words = settlementMessagesOf(language)
  const { whatIf } = words
  const wanted = whatIfOf(parameters)
  const asks = typeof wanted === 'object'
  const found = asks
    ? await settlements.supposed({ ...reading, part: 'what-if' }, { cardSystem, period, whatIf: wanted })
    : undefined
  const typed = typedPercentages(parameters)
  const fields: readonly WhatIfField[] = ['use', 'participant', 'local', 'flemish']
  const refusal = found && 'refusal' in found ? words.faults[found.refusal.code](found.refusal.detail) : ''
  return {
    title: whatIf.title,
    note: whatIf.note,
    fault: wanted === 'wrong' ? whatIf.wrong : refusal,
    fields: fields.map((id) => ({ id, label: whatIf.fields[id], value: typed[id] })),
    paidByLabel: whatIf.paidBy,
    paidBy: parameters.get(SETTLEMENT_FIELDS.paidBy) ?? '',
    paidByOptions: [
      { value: '', label: whatIf.asAgreed },
      { value: PAID_BY_WORDS.HOME, label: whatIf.home },
      { value: PAID_BY_WORDS.HOST, label: whatIf.host },
    ],
    show: whatIf.show,
    results: found && !('refusal' in found) ? [payersSection(found, language), municipalitiesSection(found, language)] : [],
  }
}

const PAYERS = ['participant', 'organizerShare', 'localGovernment', 'flemishGovernment', 'regularPrice'] as const

function payersSection({ agreed, supposed }: Supposed, language: Language): SettlementSection {
  const { whatIf } = settlementMessagesOf(language)
  const { heads, payerNames } = whatIf
  const amounts = (of: (typeof PAYERS)[number]) => pair(sumOf(agreed.lines, of), sumOf(supposed.lines, of), language)
  return sectionOf('what-if-payers', {
    caption: sectionCaption(whatIf.payers, agreed, language),
    title: whatIf.payers,
    note: whatIf.payersNote,
    heads: [heads.who, heads.agreed, heads.supposed, heads.difference],
    rows: PAYERS.map((of) => ({ key: of, cells: [payerNames[of], ...amounts(of)], isTotal: of === 'regularPrice' })),
  })
}

function municipalitiesSection({ agreed, supposed }: Supposed, language: Language): SettlementSection {
  const { whatIf } = settlementMessagesOf(language)
  const { heads } = whatIf
  const then = new Map(municipalityStatements(supposed).map((statement) => [statement.nis, statement]))
  const euro = (cents: number) => euroText(cents, language)
  return sectionOf('what-if-municipalities', {
    caption: sectionCaption(whatIf.municipalities, agreed, language),
    title: whatIf.municipalities,
    note: whatIf.municipalitiesNote,
    heads: [heads.who, heads.agreed, heads.supposed, heads.difference, heads.agreedBalance, heads.supposedBalance],
    rows: municipalityStatements(agreed).map(({ nis, borne, balance }) => {
      const other = then.get(nis)
      return {
        key: String(nis),
        cells: [
          municipalityName(agreed, nis, language),
          ...pair(borne, other?.borne ?? 0, language),
          euro(balance),
          euro(other?.balance ?? 0),
        ],
        isTotal: false,
      }
    }),
  })
}

interface Results {
  readonly caption: string
  readonly title: string
  readonly note: string
  readonly heads: readonly string[]
  readonly rows: readonly TableRow[]
}

function sectionOf(id: string, { caption, title, note, heads, rows }: Results): SettlementSection {
  const columns = heads.map((label, index) => ({ label, numeric: index > 0 }))
  return { id, title, note, table: { caption, columns, rows }, files: [] }
}

/** What is, what would be, and the difference. */
function pair(now: number, then: number, language: Language): readonly string[] {
  return [now, then, then - now].map((cents) => euroText(cents, language))
}
