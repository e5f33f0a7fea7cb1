import type { KeyFigure } from './key-figure.ts'
import type { Language } from './language.ts'
import type { TableView } from './table-view.ts'

/** Everything the page "Beheer" shows, in one language and ready to print. */
export interface OperationsView {
  readonly language: Language
  readonly title: string
  /** What is in order or not, in one sentence. */
  readonly finding: string
  readonly keyFiguresLabel: string
  readonly keyFigures: readonly KeyFigure[]
  readonly sections: readonly OperationsSection[]
  /** What the link to the page of roles says; absent for who may not open it. */
  readonly roles?: string
}

export interface OperationsSection {
  /** Anchor on the page. */
  readonly id: string
  /** The finding. */
  readonly title: string
  /** What it means, and what to do. */
  readonly note: string
  /** Without rows: only the title and the note are shown. */
  readonly table: TableView
}
