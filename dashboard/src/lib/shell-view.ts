import type { Comparison, PageGroup, PageId } from './pages.ts'

/** One of the choices of a page. */
export interface Option {
  readonly value: string
  readonly label: string
}

export interface OptionGroup {
  /** Empty: its options stand by themselves. */
  readonly label: string
  readonly options: readonly Option[]
}

/** A choice that a reader has on a page: a form control, and a parameter of the address. */
export interface Control {
  readonly parameter: string
  readonly label: string
  readonly value: string
  /** What the address need not say. */
  readonly standard: string
  readonly groups: readonly OptionGroup[]
}

/** What stands around every page. */
export interface ShellView {
  /** In words: `gemeente Maasmechelen`; empty when nobody signed in. */
  readonly who: string
  readonly navigation: readonly { readonly group: PageGroup; readonly pages: readonly PageId[] }[]
  /** Empty on a page without choices, or without anything to choose. */
  readonly controls: readonly Control[]
  /** Which release the page shows; empty where that means nothing. */
  readonly release: string
  readonly comparison: Comparison
}
