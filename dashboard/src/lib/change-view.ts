import type { FigureView, FigureWords } from './figure/figure-view.ts'
import type { Language } from './language.ts'
import type { Link } from './link.ts'

export const CHANGE_PATH = '/verandering'

/** What may have changed in a place. */
export const CHANGE_KINDS = ['joined', 'campaign', 'universal', 'predecessor'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** How a kind of change stands in the address. */
export const CHANGE_KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  joined: 'toetreding',
  campaign: 'campagne',
  universal: 'iedereen',
  predecessor: 'oudere-kaart',
}

/** What is chosen, by its name in the address. */
export const CHANGE_FIELDS = { kind: 'soort', day: 'dag', beside: 'naast' } as const

export interface ChangeChoice {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** The page "Verandering" in one language: before and after a change, as far as it is published. */
export interface ChangeView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  /** One sentence, of its first figure; empty while there is none. */
  readonly finding: string
  readonly place: ChangeChoice
  readonly kind: ChangeChoice
  readonly day: { readonly name: string; readonly label: string; readonly value: string; readonly note: string }
  readonly beside: ChangeChoice
  readonly show: string
  /** Days that are known: when a municipality joined, and what people noted. */
  readonly moments: { readonly title: string; readonly links: readonly Link[]; readonly none: string }
  /** Why there is nothing, or what is not published; empty when all is there. */
  readonly notice: string
  readonly figures: readonly FigureView[]
  readonly caveats: { readonly title: string; readonly list: readonly string[] }
  readonly words: FigureWords
}
