import { formatInstant, type RegistryKind } from '@zuil/core'
import type { HolderState } from '../history/holder-state.ts'
import { accountOf } from '../registry/app.ts'
import type { RegistryEntry } from '../registry/entry.ts'
import { eventEntry, posterCodeOf } from '../registry/event.ts'
import { deviceIdOf } from '../registry/offer.ts'
import { CardFaces, passEntry } from '../registry/passes.ts'
import type { World } from '../world.ts'
import type { LiveAction } from './action.ts'

/** Who asks: the kiosk or the counter of a host, a passholder through the app, or the operator of the installation. */
export type Caller =
  | { readonly kind: 'kiosk'; readonly deviceId: string }
  | { readonly kind: 'counter'; readonly host: number }
  | { readonly kind: 'person'; readonly holder: number }
  | { readonly kind: 'operator' }

/** A request of the UiTPAS API. */
export interface LiveRequest {
  readonly caller: Caller
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** JSON, or lines of it for a batch; absent: no body. */
  readonly body?: string
  readonly contentType?: 'application/json' | 'application/x-ndjson'
}

/** How the requests of a population look. */
export class RequestWriter {
  readonly #world: World
  readonly #state: HolderState
  readonly #faces: CardFaces

  constructor(world: World, state: HolderState) {
    this.#world = world
    this.#state = state
    this.#faces = new CardFaces(world, state)
  }

  /** @param nonce different for each action: what a device that was offline calls its line */
  request(action: LiveAction, nonce: string): LiveRequest {
    const { events, rewards, offers, hosts } = this.#world
    switch (action.kind) {
      case 'check-in': {
        const face = this.#faces.current(action.holder)
        if (action.at === 'KIOSK')
          return json(this.#kiosk(action.host), '/kiosk-devices/checkins', { chipNumber: face.chipNumber })
        const { id: eventId } = events.event(action.offer)
        return json(counter(action.host), '/checkins', { eventId, uitpasNumber: face.uitpasNumber })
      }
      case 'self-check-in': {
        const checkinCode = posterCodeOf(events.event(action.offer))
        return json({ kind: 'person', holder: action.holder }, '/passholders/me/checkins', { checkinCode })
      }
      case 'upload': {
        const { uitpasNumber } = this.#faces.current(action.holder)
        const { id: eventId } = events.event(action.offer)
        const line = { nonce, scannedAt: formatInstant(action.scannedAt), eventId, uitpasNumber }
        return { ...json(this.#kiosk(action.host), '/batches', line), contentType: 'application/x-ndjson' }
      }
      case 'sale': {
        const { uitpasNumber } = this.#faces.current(action.holder)
        const regularPrice = (offers.price[action.offer] ?? 0) / 100
        const ticket = { tariff: { id: action.tariff }, uitpasNumber, eventId: events.event(action.offer).id, regularPrice }
        return json(counter(action.host), '/ticket-sales', new Array(action.tickets).fill(ticket))
      }
      case 'redemption': {
        const { uitpasNumber } = this.#faces.current(action.holder)
        return json(counter(action.host), '/rewards/redeemed', { rewardId: rewards[action.reward]?.id, uitpasNumber })
      }
      case 'cancellation':
        return { caller: counter(action.host), method: 'DELETE', path: action.path }
      case 'registration':
        return this.#registration(action.holder)
      case 'account':
        return put({ kind: 'accounts', data: { ...accountOf(this.#world.options.seed, action.holder) } })
      case 'publication': {
        const host = hosts[offers.host[action.offer] ?? 0]
        if (!host) throw new RangeError(`There is no offer ${action.offer}`)
        return put(eventEntry(events.event(action.offer), host))
      }
    }
  }

  /** Who registers now has one card. */
  #registration(i: number): LiveRequest {
    const card = { ...this.#faces.current(i), cardSystem: this.#state.system[i] ?? 0 }
    return put(passEntry({ world: this.#world, state: this.#state, i, cards: [card] }))
  }

  #kiosk(host: number): Caller {
    return { kind: 'kiosk', deviceId: deviceIdOf(this.#world.options.seed, host) }
  }
}

function counter(host: number): Caller {
  return { kind: 'counter', host }
}

function put({ kind, data }: Pick<RegistryEntry, 'data'> & { readonly kind: RegistryKind }): LiveRequest {
  return { ...json({ kind: 'operator' }, `/registry/${kind}`, data), method: 'PUT' }
}

function json(caller: Caller, path: string, body: unknown): LiveRequest {
  return { caller, method: 'POST', path, body: JSON.stringify(body), contentType: 'application/json' }
}
