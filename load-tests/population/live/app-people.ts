import type { Dice } from '../dice.ts'
import { hasPoster } from '../registry/event.ts'
import type { World } from '../world.ts'
import type { LiveAction } from './action.ts'

/** Of the check-ins where a poster hangs, by those who have no account yet; an assumption, as in the history (README). */
const APP_SHARE = 0.15
/**
 * Accounts come one by one: a password takes the issuer a good tenth of a second of work, when it is set and at every sign-in, and it
 * takes one sign-in a second from an address.
 */
const ACCOUNT_EVERY_MS = 10_000

/** Who has the app of passholders: the first of the day who stands before a poster gets it, and scans codes from then on. */
export class AppPeople {
  readonly #world: World
  readonly #dice: Dice
  readonly #people = new Set<number>()
  #nextAt = 0

  constructor(world: World, dice: Dice) {
    this.#world = world
    this.#dice = dice
  }

  /** What somebody does who wanted to check in: the same, unless there is a poster. */
  actionOf(checkin: LiveAction & { readonly kind: 'check-in' }, now: number): LiveAction {
    const { holder, offer, host: index } = checkin
    const host = this.#world.hosts[index]
    if (!host || !hasPoster(host)) return checkin
    if (this.#people.has(holder)) return { kind: 'self-check-in', holder, offer }
    if (now < this.#nextAt || !this.#dice.chance(APP_SHARE)) return checkin
    this.#nextAt = now + ACCOUNT_EVERY_MS
    return { kind: 'account', holder, offer }
  }

  join(holder: number): void {
    this.#people.add(holder)
  }
}
