import type { AnnotationKind } from '../../lib/annotation.ts'
import type { FigurePageId, FigureWords } from '../../lib/figure/figure-view.ts'
import type { FigureId, KeyNumberId } from '../../server/figures/pages/described-pages.ts'

/** A group, place or period with its value, both ready to print. */
export interface Named {
  readonly label: string
  readonly value: string
}

/** Every word of the pages with published figures, as functions of their facts. */
export interface FigureMessages {
  readonly words: FigureWords
  readonly pages: Readonly<Record<FigurePageId, PageMessages>>
  /** What a figure is about, as the subject of a sentence. */
  readonly subjects: Readonly<Record<FigureId, string>>
  readonly keyNumbers: Readonly<Record<KeyNumberId, string>>
  readonly findings: FindingMessages
  /** The sentence of a page whose first key number is not shown. */
  readonly fallback: (facts: { place: string; label: string; value: string; comparison: string }) => string
  /** Above or below: a gap has a sign, a sentence has a word. */
  readonly gap: {
    readonly below: (value: string) => string
    readonly above: (value: string) => string
    readonly alike: string
  }
  readonly comparison: {
    readonly higher: (by: string, than: string) => string
    readonly lower: (by: string, than: string) => string
    /** Of what is counted. */
    readonly more: (by: string, than: string) => string
    readonly fewer: (by: string, than: string) => string
    readonly alike: (than: string) => string
    readonly withheld: (than: string) => string
    /** After "than": the period before, or another place. */
    readonly period: (name: string) => string
    readonly place: (name: string) => string
  }
  readonly status: {
    readonly withheld: (threshold: number) => string
    readonly short: (threshold: number) => string
    /** Where the reason stands beside it. */
    readonly hidden: string
    readonly reason: (threshold: number) => string
    readonly na: string
    readonly none: string
  }
  readonly notes: {
    readonly withheld: (count: number, threshold: number) => string
    readonly otherPeriod: (period: string) => string
    readonly provisional: string
    readonly named: (shown: number, all: number) => string
    readonly blank: string
    readonly benchmark: string
  }
  /** What is measured: `Bereik: pashouders, per leeftijd en kansentarief`. */
  readonly measured: (facts: { measure: string; figure: string; axes: readonly string[] }) => string
  readonly source: (facts: { release: string; published: string; base: string }) => string
  readonly base: (count: string, of: string) => string
  readonly people: string
  readonly explained: {
    readonly definition: string
    readonly population: string
    readonly coverage: string
    readonly protection: string
    readonly protected: (threshold: number) => string
  }
  readonly notice: { readonly nothing: string }
  /** The sentence of a page that has key numbers, and may show none of them. */
  readonly hidden: (facts: { place: string; period: string; reason: string }) => string
  /** An agreement and how far it is; `left` is empty once it is reached. */
  readonly target: (facts: { value: string; year: string; standing: string }) => string
  /** How a number stands to what was agreed. */
  readonly targetStandings: { readonly reached: string; readonly left: (far: string) => string; readonly alike: string }
  readonly annotations: {
    readonly kinds: Readonly<Record<AnnotationKind, string>>
    /** `Campagne, 1 maart 2025 tot 31 maart 2025: affiches in het station`. */
    readonly line: (facts: { kind: string; first: string; last: string; text: string }) => string
  }
  readonly axes: Readonly<Record<'figure' | 'place' | 'period' | 'cohort' | 'series', string>>
  readonly allPlaces: string
  readonly shortQuarter: (number: number, year: string) => string
  readonly age: (band: string) => string
  readonly times: (band: string) => string
  readonly hour: (hour: string) => string
  readonly columns: Readonly<Record<'between' | 'lower' | 'median' | 'upper' | 'own' | 'middle' | 'organizers', string>>
  readonly between: (low: string, high: string) => string
  readonly atLeast: (low: string) => string
  readonly units: Readonly<Record<'PERCENTAGE_POINTS' | 'PER_1000', (value: string) => string>>
}

export interface PageMessages {
  readonly title: string
  readonly description: string
  /** The sentence of the page. `comparison` begins with a comma, or is empty. */
  readonly finding: (facts: { place: string; value: string; comparison: string }) => string
}

export interface FindingMessages {
  readonly extremes: (facts: { subject: string; highest: Named; lowest: Named }) => string
  readonly alike: (facts: { subject: string }) => string
  readonly one: (facts: { subject: string; only: Named }) => string
  readonly most: (facts: { subject: string; first: Named }) => string
  readonly rise: (facts: { subject: string; from: Named; to: Named }) => string
  readonly fall: (facts: { subject: string; from: Named; to: Named }) => string
  readonly steady: (facts: { subject: string; from: Named; to: Named }) => string
  /** Two groups apart, most of all in one category. */
  readonly apart: (facts: { subject: string; where: string; one: Named; other: Named }) => string
  readonly together: (facts: { subject: string; one: string; other: string }) => string
  readonly largest: (facts: { of: string; part: Named; isOne: boolean }) => string
  readonly after: (facts: { cohort: Named }) => string
  readonly middle: (facts: { inside: number; of: number; above: number; below: number }) => string
  readonly alone: string
  readonly withheld: (facts: { subject: string }) => string
}
