import type { Language } from './language.ts'

/** A measure as the data dictionary explains it, in one language. */
export interface DictionaryEntry {
  /** `A3` */
  readonly id: string
  readonly slug: string
  readonly perspective: 'MUNICIPALITY' | 'REGION' | 'ORGANIZER' | 'OPERATOR'
  readonly name: string
  readonly definition: string
  readonly population: string
  readonly coverage: string
  readonly figures: readonly { readonly id: string; readonly name: string; readonly unit: string; readonly madeOf: string }[]
  /** Sets of dimensions that it is broken down by; an empty set is the total. */
  readonly crossings: readonly (readonly { readonly id: string; readonly name: string }[])[]
  readonly places: readonly string[]
  readonly periods: readonly string[]
  readonly disclosure: string
  /** Something to know beside the coverage; mostly empty. */
  readonly note: string
}

/** The page with the data dictionary. */
export interface DictionaryView {
  readonly language: Language
  readonly sections: readonly {
    /** Anchor on the page. */
    readonly id: string
    readonly title: string
    readonly entries: readonly DictionaryEntry[]
  }[]
}
