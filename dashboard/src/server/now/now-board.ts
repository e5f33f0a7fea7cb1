import type { Language } from '../../lib/language.ts'
import type { NowView } from '../../lib/now-view.ts'
import type { ChartRenderer } from '../charts/chart-renderer.ts'
import type { NowFeed, Snapshot } from './now-feed.ts'
import { buildNowView } from './now-view.ts'

/** The page "Nu" for all its readers: each view is built once per snapshot and language, and only when somebody asks. */
export class NowBoard {
  readonly #feed: NowFeed
  readonly #charts: ChartRenderer
  readonly #views = new Map<Language, { sequence: number; view: Promise<NowView> }>()

  constructor(feed: NowFeed, charts: ChartRenderer) {
    this.#feed = feed
    this.#charts = charts
  }

  snapshot(): Promise<Snapshot> {
    return this.#feed.current()
  }

  /** Looks at the source now. */
  refresh(): Promise<Snapshot> {
    return this.#feed.refresh()
  }

  async view(language: Language): Promise<NowView> {
    const snapshot = await this.snapshot()
    const known = this.#views.get(language)
    if (known?.sequence === snapshot.sequence) return known.view
    const view = buildNowView(snapshot, language, this.#charts)
    this.#views.set(language, { sequence: snapshot.sequence, view })
    return view
  }
}
