import type { AgreementNeed, OnboardingActor, OnboardingState, OnboardingStepId, RegionAgreement, Scenario } from '@zuil/core'
import type { Side, WorkspaceFault, WorkspaceSection } from '../../lib/workspace/workspace-view.ts'

/** Words of the page "Werkruimte", as functions of their facts; used on the server only. */
export interface WorkspaceMessages {
  readonly title: string
  readonly intro: string
  readonly remove: string
  readonly keep: string
  readonly sections: Readonly<Record<WorkspaceSection['id'], { readonly title: string; readonly note: string }>>
  readonly explained: string
  readonly faults: Readonly<Record<WorkspaceFault, string>>
  readonly none: string
  readonly agreements: {
    readonly scenarios: Readonly<Record<Scenario, string>>
    readonly meanings: readonly string[]
    readonly names: Readonly<Record<RegionAgreement, string>>
    readonly needs: Readonly<Record<AgreementNeed, string>>
    readonly scenario: string
    readonly since: (day: string) => string
    readonly agreed: string
    readonly agreedOf: (facts: { agreed: string; asked: string }) => string
    readonly asked: string
    readonly missing: (names: string) => string
    readonly caption: (region: string) => string
    readonly columns: readonly [name: string, need: string, day: string, text: string]
    readonly scenarioForm: { readonly title: string; readonly scenario: string; readonly since: string }
    readonly form: { readonly title: string; readonly agreement: string; readonly day: string; readonly text: string }
    readonly kept: string
    readonly targets: string
    readonly alsoIn: (region: string) => string
  }
  readonly members: {
    readonly now: string
    readonly coming: string
    readonly left: string
    readonly caption: (region: string) => string
    readonly columns: readonly [municipality: string, joined: string, left: string, source: string]
    readonly before: (day: string) => string
    readonly sources: Readonly<Record<'typed' | 'registry' | 'before', string>>
    readonly timeline: string
    readonly stretch: (facts: { from: string; to: string }) => string
    readonly since: (from: string) => string
    readonly willJoin: (from: string) => string
    readonly form: { readonly title: string; readonly municipality: string; readonly joined: string; readonly left: string }
    readonly kept: string
    readonly explained: readonly string[]
  }
  readonly onboarding: {
    readonly steps: Readonly<Record<OnboardingStepId, string>>
    readonly actors: Readonly<Record<OnboardingActor, string>>
    readonly states: Readonly<Record<OnboardingState, string>>
    readonly sides: Readonly<Record<Side, string>>
    readonly overview: string
    readonly overviewColumns: readonly [
      municipality: string,
      start: string,
      done: string,
      next: string,
      day: string,
      late: string,
    ]
    readonly doneOf: (facts: { done: string; of: string }) => string
    readonly caption: (municipality: string) => string
    readonly columns: readonly [step: string, by: string, planned: string, done: string, state: string]
    readonly reckoned: (day: string) => string
    readonly ticked: (facts: { day: string; side: string; at: string }) => string
    readonly form: (municipality: string) => string
    readonly planned: string
    readonly done: string
    readonly explained: readonly string[]
  }
  readonly devices: {
    readonly kiosks: string
    readonly heard: string
    readonly heardNote: string
    readonly readers: string
    readonly readersNote: string
    readonly caption: string
    readonly columns: readonly [
      venue: string,
      municipality: string,
      kiosks: string,
      heard: string,
      readers: string,
      peak: string,
      needed: string,
      difference: string,
    ]
    readonly unknownVenue: string
    readonly heards: Readonly<Record<'day' | 'weeks' | 'never', string>>
    readonly short: (devices: string) => string
    readonly enough: string
    readonly hoursCaption: (period: string) => string
    readonly hoursColumns: readonly [
      municipality: string,
      hour: string,
      checkins: string,
      peak: string,
      needed: string,
      present: string,
    ]
    readonly hour: (facts: { weekday: string; hour: string }) => string
    readonly form: {
      readonly title: string
      readonly municipality: string
      readonly venue: string
      readonly readers: string
      readonly peak: string
    }
    readonly kept: string
    readonly line: (facts: { venue: string; municipality: string; readers: string }) => string
    readonly explained: readonly string[]
  }
  readonly cards: {
    readonly stock: string
    readonly stockNote: (facts: { cards: string; day: string }) => string
    readonly counted: string
    readonly use: string
    readonly useNote: (facts: { newHolders: string; holders: string; period: string }) => string
    readonly measured: string
    readonly measuredNote: (facts: { from: string; to: string }) => string
    readonly empty: string
    readonly never: string
    readonly ordersCaption: string
    readonly ordersColumns: readonly [day: string, cards: string, arrives: string]
    readonly now: (day: string) => string
    readonly countsCaption: string
    readonly countsColumns: readonly [day: string, cards: string, received: string, use: string]
    readonly form: {
      readonly title: string
      readonly day: string
      readonly cards: string
      readonly received: string
      readonly deliveryWeeks: string
    }
    readonly kept: string
    readonly line: (facts: { day: string; cards: string }) => string
    readonly explained: readonly string[]
  }
  readonly cost: { readonly link: string }
}
