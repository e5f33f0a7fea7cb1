/**
 * Where the page "Nu" gets its figures from, in the page's own words. The composition root implements it with the
 * warehouse and the pipeline; tests write one by hand.
 */
export interface NowSource {
  /** Figures of the last hour and of today. Asked about once a second while somebody looks, less often when it takes long, never twice at a time. */
  figures(): Promise<NowFigures>
  /** How far the figures are complete. Answers from memory. */
  status(): PipelineStatus
  /** Whether check-ins need the machine now: they wait to be loaded, or come by the thousand a second. Answers from memory. */
  isBusy(): boolean
}

/** Counts only: voided transactions are left out, and nothing in here is about persons. */
export interface NowFigures {
  /** Epoch ms at which the figures were counted. */
  readonly asOf: number
  /** Day in Brussels that "today" means here, `yyyy-mm-dd`. */
  readonly day: string
  /** Check-ins per minute of the last hour by `occurredAt`; minutes without check-ins may be missing. */
  readonly minutes: readonly MinuteCount[]
  /** Today, by channel of the transaction (`KIOSK`, …). */
  readonly channels: readonly ChannelCount[]
  /** Today, by municipality of the event. */
  readonly venues: readonly VenueCount[]
  /** Today, by reason. */
  readonly refusals: readonly RefusalCount[]
  /** Today. `checkins` is the sum of the channels and of the venues; `refusals` the sum of the reasons. */
  readonly totals: NowTotals
}

export interface MinuteCount {
  /** Epoch ms of the minute's start. */
  readonly minute: number
  readonly checkins: number
}

export interface ChannelCount {
  readonly channel: string
  readonly checkins: number
}

export interface VenueCount {
  /** NIS code; 0 when the municipality is not known. */
  readonly nis: number
  /** Empty when only the code is known. */
  readonly name: string
  readonly checkins: number
}

export interface RefusalCount {
  /** Slug of the problem type, e.g. `maximum-reached`. */
  readonly reason: string
  readonly refusals: number
}

export interface NowTotals {
  readonly checkins: number
  readonly points: number
  readonly refusals: number
}

export interface PipelineStatus {
  /**
   * Epoch ms up to which everything that was accepted is in the figures: the watermark, or the moment of asking when
   * nothing waits.
   */
  readonly completeUntil: number
  /** Journal records that are not in the warehouse yet. */
  readonly waiting: number
}
