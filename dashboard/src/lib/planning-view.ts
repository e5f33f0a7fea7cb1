import type { KeyFigure } from './key-figure.ts'
import type { Language } from './language.ts'
import type { Option } from './shell-view.ts'

export const PLANNING_PATH = '/ramingen'

/** What is typed, by its name in the address; with the bounds outside of which it is no such number. */
export const PLANNING_FIELDS = {
  inhabitants: { name: 'inwoners', least: 1, most: 1_000_000 },
  increasedReimbursement: { name: 'tegemoetkoming', least: 0, most: 500_000 },
  reach: { name: 'bereik', least: 0, most: 100 },
  coverage: { name: 'dekking', least: 0, most: 200 },
  ticketsPerHolder: { name: 'tickets', least: 0, most: 100 },
  regularPrice: { name: 'prijs', least: 0, most: 200 },
  participant: { name: 'deelnemer', least: 0, most: 100 },
  localGovernment: { name: 'gemeente', least: 0, most: 100 },
  peak: { name: 'piek', least: 0, most: 5_000 },
  seconds: { name: 'seconden', least: 1, most: 60 },
  stock: { name: 'voorraad', least: 0, most: 1_000_000 },
  newHolders: { name: 'nieuw', least: 0, most: 1_000_000 },
  holders: { name: 'pashouders', least: 0, most: 2_000_000 },
  deliveryWeeks: { name: 'levertijd', least: 0, most: 52 },
} as const
/** The municipality that would join, in the address; and the one that was chosen when the fields were filled. */
export const CANDIDATE_PARAMETERS = { chosen: 'toetreder', before: 'toetreder-eerder' } as const
export type PlanningFieldId = keyof typeof PLANNING_FIELDS

export interface PlanningField {
  readonly name: string
  readonly label: string
  /** As it was typed, or what is published or usual. */
  readonly value: string
  /** Where the value comes from, or what is wrong with it. */
  readonly note: string
  readonly isWrong: boolean
}

/** One reckoning: what goes in, what comes out, and what it takes for granted. */
export interface PlanningSection {
  readonly id: string
  readonly title: string
  readonly intro: string
  /** Whose inhabitants are filled in; absent where that means nothing. */
  readonly candidate?: { readonly label: string; readonly value: string; readonly options: readonly Option[] }
  readonly fields: readonly PlanningField[]
  /** Empty while a number is missing. */
  readonly results: readonly KeyFigure[]
  /** How the results come about, in words. */
  readonly formula: string
  readonly assumptions: readonly string[]
}

/** The page "Ramingen" in one language. */
export interface PlanningView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  readonly reckon: string
  readonly missing: string
  readonly assumptions: string
  readonly sections: readonly PlanningSection[]
}
