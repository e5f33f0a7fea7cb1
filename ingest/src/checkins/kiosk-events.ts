import { DEFAULT_PROGRAMME, type DecisionRules, type Event, type Kiosk, kioskEvent } from '@zuil/core'
import type { Registry } from '../registry/registry.ts'

/** A kiosk's current event is looked for once a second: its organizers may have thousands of events. */
const KEPT_MS = 1_000
/** Lane whose version moves with every event and kiosk. */
const ENTITIES_LANE = 0

interface Found {
  readonly event: Event | undefined
  readonly at: number
  readonly version: number
}

/** Finds the event that a kiosk saves points for. */
export class KioskEvents {
  readonly #registry: Registry
  readonly #rules: DecisionRules
  /** By the kiosk as the registry has it now (a change of the kiosk is another object), then by programme. */
  readonly #found = new WeakMap<Kiosk, Map<string, Found>>()

  constructor(registry: Registry, rules: DecisionRules) {
    this.#registry = registry
    this.#rules = rules
  }

  /** The event of this moment for a pass of the programme; `now` in epoch ms. */
  current(kiosk: Kiosk, now: number, programme = DEFAULT_PROGRAMME): Event | undefined {
    const version = this.#registry.version(ENTITIES_LANE)
    const ofKiosk = this.#found.get(kiosk) ?? new Map<string, Found>()
    const known = ofKiosk.get(programme)
    if (known && known.version === version && now >= known.at && now - known.at < KEPT_MS) return known.event
    const event = this.at(kiosk, now, programme)
    this.#found.set(kiosk, ofKiosk.set(programme, { event, at: now, version }))
    return event
  }

  /**
   * The event at another moment; `instant` in epoch ms. One of the programme before any other: a kiosk at a place with events of
   * two programmes takes the passes of both.
   */
  at(kiosk: Kiosk, instant: number, programme = DEFAULT_PROGRAMME): Event | undefined {
    const fixed = kiosk.fixedEvent === undefined ? undefined : this.#registry.event(kiosk.fixedEvent)
    const candidates = [
      ...kiosk.organizers.flatMap((organizer) => this.#registry.eventsOf({ organizer })),
      ...kiosk.locations.flatMap(({ id }) => this.#registry.eventsOf({ location: id })),
    ]
    const moment = { kiosk, instant, windows: this.#rules.windows }
    const own = candidates.filter((event) => event.programme === programme)
    return kioskEvent(moment, fixed, own) ?? kioskEvent(moment, fixed, candidates)
  }
}
