import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { PERIOD_PARAMETER, PLACE_PARAMETER } from '../../lib/address.ts'
import { FIGURE_PAGES, type FigurePageId } from '../../lib/figure/figure-view.ts'
import { PAGES } from '../../lib/pages.ts'
import type { Principal, PublishedPeriod } from '../scope/principal.ts'
import type { Scope } from '../scope/scope.ts'
import { type PageState, pageMenu, readPageState } from './page-state.ts'

/** How often it is looked whether something was published, and how long after a start first: what was left to be loaded comes before. */
const LOOK_EVERY_MS = 10_000
/** Places of each page: all together, the regions, and then municipalities; the others are as quick, but for the reading of their cells. */
const PLACES_PREPARED_MAX = 12
/** Of these also the periods that most readers choose next: with it the shelf of pictures still has room for what nobody prepared. */
const PLACES_WITH_PERIODS_MAX = 3
/** How soon a preparation that waits looks again whether it may go on. */
const BUSY_LOOK_MS = 1_000

/** What whoever reads everything could choose from. */
export type Chooser = Pick<Principal, 'scope' | 'places' | 'periods'>

export interface PreparationOptions {
  /** Somebody who reads every place, as of now. */
  readonly reader: () => Promise<Chooser>
  /** Asks for a page as somebody who is not signed in, and forgets the answer: its code is there afterwards. */
  readonly visit: (path: string) => Promise<unknown>
  /** Makes a page of figures, and forgets it: cells and drawings are there afterwards. */
  readonly figures: (asked: { page: FigurePageId; state: PageState; scope: Scope; search: string }) => Promise<unknown>
  /** What else the first readers would wait for. */
  readonly others: (reader: Chooser) => readonly (() => Promise<unknown>)[]
  /** Whether what people do now needs the machine: nothing is begun while it is so. */
  readonly isBusy: () => boolean
  readonly onFailure: (error: unknown) => void
  /** How often a preparation that waits asks again; default {@link BUSY_LOOK_MS}. */
  readonly busyLookMs?: number
}

/**
 * Does once what every first reader after a start or a release would wait for, beside the work: loads the code of the pages, reads the
 * cells of what they open with, and draws it. Everything goes through the shelves that readers use, so nothing is older because of it,
 * and a page that was not prepared only takes longer.
 */
export class Preparation {
  readonly #options: PreparationOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  /** What was published when pages were prepared last. */
  #prepared: string | undefined
  #seen = ''
  readonly #ending = new AbortController()

  constructor(options: PreparationOptions) {
    this.#options = options
  }

  /** Prepares in a moment, and whenever something was published and nothing more came since; until {@link stop}. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#keepLooking()
    }, LOOK_EVERY_MS).unref()
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  /** Looks once. @throws whatever the making of a page throws */
  async look(): Promise<void> {
    const isFirst = this.#prepared === undefined
    const reader = await this.#options.reader()
    const published = reader.periods.map(({ period, release }) => `${period} ${release}`).join('\n')
    const isSettled = published === this.#seen
    this.#seen = published
    // A new installation publishes one period after the other: its pages are prepared when that is over.
    if (!isFirst && (!isSettled || published === this.#prepared)) return
    this.#prepared = published
    if (isFirst) for (const { path } of Object.values(PAGES)) await this.#inTurn(() => this.#options.visit(path))
    for (const page of FIGURE_PAGES) await this.#preparePage(page, reader)
    for (const other of this.#options.others(reader)) await this.#inTurn(other)
  }

  async #keepLooking(): Promise<void> {
    try {
      await this.look()
    } catch (error) {
      // A reader of the page meets the same, and is told.
      this.#options.onFailure(error)
    }
    if (!this.#ending.signal.aborted) this.start()
  }

  async #preparePage(page: FigurePageId, reader: Chooser): Promise<void> {
    const pathname = PAGES[page].path
    const { places, periods } = pageMenu({ pathname }, reader)
    const prepare = async (place: string, period?: string) => {
      const address = { [PLACE_PARAMETER]: place, ...(period !== undefined && { [PERIOD_PARAMETER]: period }) }
      const state = readPageState({ pathname, searchParams: new URLSearchParams(address) }, reader)
      await this.#inTurn(() => this.#options.figures({ page, state, scope: reader.scope, search: '' }))
      return state
    }
    for (const [index, { place }] of places.slice(0, PLACES_PREPARED_MAX).entries()) {
      const opened = await prepare(place)
      if (index < PLACES_WITH_PERIODS_MAX) for (const period of chosenNext(opened, periods)) await prepare(place, period)
    }
  }

  /** Whoever asks meanwhile comes first, and so does what waits to be loaded. */
  async #inTurn(work: () => Promise<unknown>): Promise<void> {
    const { isBusy, busyLookMs = BUSY_LOOK_MS } = this.#options
    const { signal } = this.#ending
    while (isBusy() && !signal.aborted) await pause(busyLookMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    await work()
    await nextTurn()
  }
}

/** The period before the one that a page opens with, and the newest of each other kind. */
function chosenNext({ period, periodKind }: PageState, periods: readonly PublishedPeriod[]): readonly string[] {
  const newest = new Map([...periods].reverse().map((each) => [each.kind, each.period]))
  newest.delete(periodKind)
  const same = periods.filter(({ kind }) => kind === periodKind)
  const before = same[same.findIndex((each) => each.period === period) + 1]
  return [...(before ? [before.period] : []), ...newest.values()]
}
