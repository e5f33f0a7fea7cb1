import type { KeyFigure } from '../key-figure.ts'
import type { Language } from '../language.ts'
import type { Link } from '../link.ts'
import type { Option, OptionGroup } from '../shell-view.ts'
import type { TableView } from '../table-view.ts'

export const SETTLEMENT_PATH = '/afrekening'
/** Where the form that closes a period is sent. */
export const CLOSING_PATH = `${SETTLEMENT_PATH}/sluit`

/** Names of fields and parameters. */
export const SETTLEMENT_FIELDS = {
  region: 'regio',
  period: 'periode',
  municipality: 'gemeente',
  organizer: 'organisator',
  use: 'gebruik',
  paidBy: 'betaalt',
  participant: 'deelnemer',
  local: 'lokaal',
  flemish: 'vlaams',
  /** The period, typed once more. */
  confirm: 'bevestig',
  accepted: 'aanvaard',
  /** What was looked at. */
  content: 'inhoud',
  fault: 'fout',
  closed: 'gesloten',
} as const

/** What a box that is ticked says. */
export const YES = 'ja'

/** How who pays organizers stands in the address. */
export const PAID_BY_WORDS = { HOME: 'pashouder', HOST: 'organisator' } as const

/** The page "Afrekening" in one language and ready to print: of a region, of one municipality or of one organizer. */
export interface SettlementView {
  readonly language: Language
  readonly title: string
  /** Region and period. */
  readonly aside: string
  readonly finding: string
  readonly choice: SettlementChoice
  /** Why there is no settlement and what to do, or why it was not closed; empty when all is well. */
  readonly fault: string
  /** What was just done; empty when nothing was. */
  readonly notice: string
  readonly facts: readonly { readonly term: string; readonly text: string }[]
  readonly keyFiguresLabel: string
  readonly keyFigures: readonly KeyFigure[]
  /** To the whole region, from one of its municipalities or organizers. */
  readonly back?: Link
  readonly sections: readonly SettlementSection[]
  readonly whatIf?: WhatIfView
  readonly closing?: ClosingView
}

export interface SettlementChoice {
  readonly label: string
  readonly regionLabel: string
  readonly regions: readonly Option[]
  readonly region: string
  readonly periodLabel: string
  readonly periods: readonly OptionGroup[]
  readonly period: string
  readonly show: string
}

export interface SettlementSection {
  /** Anchor on the page. */
  readonly id: string
  readonly title: string
  readonly note: string
  /** Without rows only title and note are shown. */
  readonly table: TableView
  readonly files: readonly Link[]
}

export type WhatIfField = 'use' | 'participant' | 'local' | 'flemish'

export interface WhatIfView {
  readonly title: string
  readonly note: string
  readonly fault: string
  readonly fields: readonly { readonly id: WhatIfField; readonly label: string; readonly value: string }[]
  readonly paidByLabel: string
  readonly paidBy: string
  readonly paidByOptions: readonly Option[]
  readonly show: string
  /** What it would have made; none as long as nothing was asked. */
  readonly results: readonly SettlementSection[]
}

export interface ClosingView {
  readonly title: string
  readonly note: string
  /** Absent while the period cannot be closed. */
  readonly form?: {
    readonly content: string
    /** To be typed. */
    readonly period: string
    readonly confirmLabel: string
    /** Empty when nothing has to be accepted. */
    readonly acceptLabel: string
    readonly close: string
  }
}
