import type { ReportingPeriodKind } from '@zuil/core'
import type { Role } from '@zuil/core/contracts/roles'
import type { FreshnessState } from '../lib/now-view.ts'
import type { Comparison, PageGroup, PageId, PlaceWord } from '../lib/pages.ts'
import type { SignInFault } from '../lib/sign-in-fault.ts'
import type { Theme } from '../lib/theme.ts'

/**
 * All words a reader sees, as functions of their facts. Numbers and times arrive formatted. Each language has one file
 * of this shape; a missing message does not compile.
 */
export interface Messages {
  readonly site: {
    readonly name: string
    readonly tagline: string
    readonly skip: string
    readonly pages: string
    readonly language: string
    readonly theme: string
    readonly themes: Readonly<Record<Theme, string>>
    readonly source: string
    readonly dataLinks: string
    readonly timeZone: string
  }
  readonly shell: {
    readonly groups: Readonly<Record<PageGroup, string>>
    readonly pageNames: Readonly<Record<PageId, string>>
    readonly account: string
    readonly signIn: string
    readonly signOut: string
    readonly noRole: string
    readonly roles: Readonly<Record<Role['role'], string>>
    readonly choices: string
    readonly place: string
    readonly period: string
    readonly comparison: string
    readonly show: string
    readonly allPlaces: string
    readonly placeGroups: Readonly<Record<Exclude<PlaceWord, 'all'>, string>>
    readonly comparisons: Readonly<Record<Comparison, string>>
    readonly release: (facts: { day: string; release: number; provisional: boolean }) => string
    readonly nothingPublished: string
    readonly readingTitle: string
    readonly reading: readonly string[]
    readonly offline: string
    readonly loading: string
    readonly accessibility: string
    readonly dataApi: string
  }
  readonly period: {
    readonly kinds: Readonly<Record<ReportingPeriodKind, string>>
    readonly quarter: (quarter: number, year: string) => string
    readonly season: (period: string) => string
    readonly provisional: string
  }
  readonly signIn: {
    readonly againTitle: string
    readonly reasons: Readonly<Record<SignInFault, string>>
    readonly again: string
    readonly signedOutTitle: string
    readonly signedOut: string
    readonly signedOutElsewhere: string
    readonly open: string
  }
  readonly now: {
    readonly title: string
    readonly description: string
    readonly keyFigures: string
    readonly pause: string
    readonly resume: string
    readonly paused: (time: string) => string
    readonly offline: (time: string) => string
    readonly connecting: string
    readonly noScript: string
    readonly reload: string
    readonly table: string
    readonly unavailableTitle: string
    readonly unavailableAdvice: string
    readonly readingTitle: string
    readonly reading: readonly string[]
  }
  readonly freshness: {
    readonly sentence: (time: string) => string
    readonly none: string
    readonly remark: (state: FreshnessState, facts: { lag: string; waiting: number; waitingText: string }) => string
  }
  readonly finding: {
    readonly some: (facts: { checkins: string; one: boolean; lastMinute: string; time: string }) => string
    readonly none: string
  }
  readonly keyFigure: {
    readonly checkins: string
    readonly checkinsNote: string
    readonly lastMinute: string
    readonly lastMinuteNote: (time: string) => string
    readonly points: string
    readonly pointsNote: string
    readonly refusals: string
    readonly refusalsNote: (share: string) => string
    readonly refusalsNone: string
  }
  readonly minutes: {
    readonly some: (facts: { mean: string; peak: string; peakTime: string }) => string
    readonly none: string
    readonly measure: string
    readonly note: string
    readonly caption: (from: string, to: string) => string
    readonly minute: string
    readonly checkins: string
    readonly state: string
    readonly complete: string
    readonly provisional: string
  }
  readonly channels: {
    readonly some: (facts: { channel: string; share: string }) => string
    readonly none: string
    readonly empty: string
    readonly measure: string
    readonly caption: (day: string) => string
    readonly channel: string
    readonly names: Readonly<Record<string, string>>
    readonly unknown: (code: string) => string
  }
  readonly venues: {
    readonly some: (facts: { name: string; share: string; count: string }) => string
    readonly none: string
    readonly empty: string
    readonly measure: string
    readonly caption: (day: string) => string
    readonly venue: string
    readonly unknown: string
    readonly unnamed: (nis: number) => string
    readonly others: (count: string) => string
  }
  readonly refusals: {
    readonly some: (facts: { reason: string; count: string; one: boolean }) => string
    readonly none: string
    readonly empty: string
    readonly measure: string
    readonly caption: (day: string) => string
    readonly reason: string
    readonly times: string
    readonly reasons: Readonly<Record<string, string>>
    readonly unknown: (slug: string) => string
    readonly others: (count: string) => string
  }
  readonly columns: { readonly checkins: string; readonly share: string }
  readonly dictionary: {
    readonly title: string
    readonly description: string
    readonly intro: string
    readonly asFile: string
    readonly spreadsheet: string
    readonly contents: string
    readonly count: (measures: number) => string
    readonly made: string
    readonly population: string
    readonly coverage: string
    readonly dimensions: string
    readonly total: string
    readonly where: string
    readonly disclosure: string
  }
  readonly error: {
    readonly notFoundTitle: string
    readonly notFound: string
    readonly brokenTitle: string
    readonly broken: string
    readonly goneTitle: string
    readonly gone: string
    readonly forbiddenTitle: string
    readonly forbidden: (facts: { who: string; page: string }) => string
    readonly forbiddenAdvice: string
    readonly yourPages: string
    readonly unavailableTitle: string
    readonly unavailable: string
    readonly reference: (reference: string) => string
    readonly back: string
  }
}
