import type { Language } from './language.ts'
import type { Option } from './shell-view.ts'

/** One of those in a list that can be taken away again. */
export interface KeptRow {
  readonly id: string
  /** Its reader does not take it away. */
  readonly isFixed?: boolean
}

/** The page "Aantekeningen" in one language. */
export interface AnnotationsView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  /** Why the form was not kept, in words; empty when it was, or when there was none. */
  readonly fault: string
  readonly form: {
    readonly title: string
    readonly places: readonly Option[]
    readonly kinds: readonly Option[]
    /** As they were typed, where something was wrong with them. */
    readonly values: Readonly<Record<'place' | 'kind' | 'first' | 'last' | 'text', string>>
    readonly labels: Readonly<Record<'place' | 'kind' | 'first' | 'last' | 'text' | 'keep', string>>
  }
  readonly list: {
    readonly title: string
    readonly columns: readonly string[]
    readonly rows: readonly (KeptRow & { readonly cells: readonly string[] })[]
    readonly none: string
    readonly remove: string
  }
  /** Of regions; absent for who writes about none. */
  readonly targets?: {
    readonly title: string
    readonly note: string
    readonly fault: string
    readonly regions: readonly Option[]
    readonly numbers: readonly Option[]
    readonly labels: Readonly<Record<'place' | 'number' | 'value' | 'year' | 'keep', string>>
    readonly rows: readonly (KeptRow & { readonly text: string })[]
  }
}

/** The page "Weergaven" in one language: what somebody kept, and the links that they gave away. */
export interface ViewsView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  readonly fault: string
  readonly remove: string
  readonly views: KeptLinks
  readonly links: KeptLinks
}

export interface KeptLinks {
  readonly title: string
  readonly note: string
  readonly none: string
  readonly rows: readonly (KeptRow & { readonly label: string; readonly href: string; readonly note: string })[]
}

/** Where a page of figures offers to keep what it shows. */
export interface KeepingWords {
  readonly title: string
  readonly name: string
  readonly keep: string
  readonly nameNote: string
  readonly lock: string
  readonly lockNote: string
  readonly months: string
  readonly annotate: string
}
