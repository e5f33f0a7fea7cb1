import { type DecisionRules, type Event, type Kiosk, kioskEvent } from '@zuil/core'
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
  /** By the kiosk as the registry has it now: a change of the kiosk is another object. */
  readonly #found = new WeakMap<Kiosk, Found>()

  constructor(registry: Registry, rules: DecisionRules) {
    this.#registry = registry
    this.#rules = rules
  }

  /** The event of this moment; `now` in epoch ms. */
  current(kiosk: Kiosk, now: number): Event | undefined {
    const version = this.#registry.version(ENTITIES_LANE)
    const known = this.#found.get(kiosk)
    if (known && known.version === version && now >= known.at && now - known.at < KEPT_MS) return known.event
    const event = this.at(kiosk, now)
    this.#found.set(kiosk, { event, at: now, version })
    return event
  }

  /** The event at another moment; `instant` in epoch ms. */
  at(kiosk: Kiosk, instant: number): Event | undefined {
    const fixed = kiosk.fixedEvent === undefined ? undefined : this.#registry.event(kiosk.fixedEvent)
    const candidates = [
      ...kiosk.organizers.flatMap((organizer) => this.#registry.eventsOf({ organizer })),
      ...kiosk.locations.flatMap(({ id }) => this.#registry.eventsOf({ location: id })),
    ]
    return kioskEvent({ kiosk, instant, windows: this.#rules.windows }, fixed, candidates)
  }
}
