/** When an event takes place, from UiTdatabank. Instants are epoch ms; days and hours are Brussels calendar. */
export type Calendar =
  | { readonly type: 'single' | 'multiple'; readonly occurrences: readonly Occurrence[] }
  | {
      readonly type: 'periodic' | 'permanent'
      /** Inclusive; periodic only. */
      readonly startDay?: string
      readonly endDay?: string
      /** Empty: the whole day, every day. */
      readonly openingHours: readonly OpeningHours[]
      readonly closedDays: readonly DayRange[]
      readonly adjustedDays: readonly AdjustedDays[]
    }

export interface Occurrence {
  readonly startsAt: number
  readonly endsAt: number
  /** False when UiTdatabank gives no hour (00:00:00 to 23:59:59): the whole calendar day counts. */
  readonly hasHours: boolean
  readonly available: boolean
}

/** ISO weekdays, 1 is Monday. Times `hh:mm`; `closes` at or before `opens` is after midnight. */
export interface OpeningHours {
  readonly weekdays: readonly number[]
  readonly opens: string
  readonly closes: string
}

/** Inclusive, `yyyy-mm-dd`. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

export interface AdjustedDays extends DayRange {
  readonly openingHours: readonly OpeningHours[]
}
