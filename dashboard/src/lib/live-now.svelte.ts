import type { Language } from './language.ts'
import type { NowView } from './now-view.ts'

/** The stream brings a view a second. Silence for this long means that the connection is dead without having said so. */
const SILENCE_MAX_MS = 15_000
const WATCH_INTERVAL_MS = 2_000
/** Waits between attempts when the server refuses; the last one repeats. */
const RETRY_WAITS_MS = [2_000, 5_000, 10_000, 30_000] as const
/** Readers who asked for less motion get a calmer page. */
const CALM_INTERVAL_MS = 10_000

/** connecting: not yet open for the first time · open · lost: was open, or could not be opened, and is tried again. */
export type Connection = 'connecting' | 'open' | 'lost'

/** The page's figures, moving with the live stream until the reader pauses them. */
export class LiveNow {
  /** What the page shows. Raw: a view is replaced whole and never changed. */
  current = $state.raw<NowView>() as NowView
  connection = $state<Connection>('connecting')
  paused = $state(false)

  readonly #language: Language
  #stream: EventSource | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #attempts = 0
  #heardAt = 0
  #shownAt = 0
  #calm = false

  constructor(first: NowView) {
    this.current = first
    this.#language = first.language
  }

  /** Starts to move; call in the browser only. The answer stops it. */
  start(): () => void {
    const motion = matchMedia('(prefers-reduced-motion: reduce)')
    this.#calm = motion.matches
    const onMotion = () => {
      this.#calm = motion.matches
    }
    const onVisibility = () => this.#follow()
    motion.addEventListener('change', onMotion)
    document.addEventListener('visibilitychange', onVisibility)
    this.#watch = setInterval(() => this.#checkSilence(), WATCH_INTERVAL_MS)
    this.#follow()
    return () => {
      motion.removeEventListener('change', onMotion)
      document.removeEventListener('visibilitychange', onVisibility)
      clearInterval(this.#watch)
      this.#disconnect()
    }
  }

  pause(): void {
    this.paused = true
    this.#follow()
  }

  resume(): void {
    this.paused = false
    this.#shownAt = 0
    this.#follow()
  }

  /** Nobody looks at a hidden or paused page, so it takes no place at the server. */
  #follow(): void {
    if (this.paused || document.hidden) this.#disconnect()
    else if (!this.#stream) this.#connect()
  }

  #connect(): void {
    clearTimeout(this.#retry)
    const stream = new EventSource(`/api/v1/now/stream?charts=${this.#language}`)
    this.#stream = stream
    this.#heardAt = Date.now()
    stream.addEventListener('view', (event) => this.#hear(event.data))
    stream.addEventListener('error', () => {
      this.connection = 'lost'
      // The browser reconnects by itself, except after an answer that is no stream (503, 404).
      if (stream.readyState === EventSource.CLOSED) this.#connectLater()
    })
  }

  #connectLater(): void {
    this.#disconnect()
    const wait = RETRY_WAITS_MS[Math.min(this.#attempts, RETRY_WAITS_MS.length - 1)] ?? CALM_INTERVAL_MS
    this.#attempts++
    // Spread, so that a room full of screens does not come back in the same instant.
    this.#retry = setTimeout(() => this.#follow(), wait * (0.75 + Math.random() / 2))
  }

  #disconnect(): void {
    clearTimeout(this.#retry)
    this.#stream?.close()
    this.#stream = undefined
  }

  #hear(data: string): void {
    this.#heardAt = Date.now()
    this.#attempts = 0
    this.connection = 'open'
    if (this.#calm && this.#heardAt - this.#shownAt < CALM_INTERVAL_MS) return
    this.#shownAt = this.#heardAt
    // `as` holds: the stream of this server sends views of this shape; both are built from one source.
    this.current = JSON.parse(data) as NowView
  }

  #checkSilence(): void {
    if (!this.#stream || Date.now() - this.#heardAt < SILENCE_MAX_MS) return
    this.connection = 'lost'
    this.#connectLater()
  }
}
