import { setImmediate as turn } from 'node:timers/promises'
import type { Event } from '@zuil/core'
import type { Registry } from '../registry/registry.ts'
import type { Secrets } from '../secrets.ts'
import { checkinCode, codeDay } from './checkin-code.ts'

/** Codes that are made before other requests get their turn: some 5 ms of work. */
const CODES_AT_ONCE = 1_000
/** After a code that nobody knows the list is made again when events changed, at most this often. */
const RENEW_MS = 1_000

export type FoundCode =
  | { readonly state: 'valid'; readonly event: Event }
  /** It was the code of yesterday. */
  | { readonly state: 'expired' }
  | { readonly state: 'unknown' }

interface CodeList {
  readonly day: number
  readonly madeAt: number
  readonly changes: number
  /** Code → id of the event. */
  readonly valid: ReadonlyMap<string, string>
  readonly expired: ReadonlySet<string>
}

/** Finds the event of a check-in code: of the day's codes, and of the fixed codes that the registry has for events. */
export class CheckinCodes {
  readonly #registry: Pick<Registry, 'events' | 'event' | 'checkinCodeOf'>
  readonly #secrets: Pick<Secrets, 'requestHash'>
  #list: Promise<CodeList> | undefined
  #changes = 0

  constructor(
    registry: Pick<Registry, 'events' | 'event' | 'checkinCodeOf' | 'onChange'>,
    secrets: Pick<Secrets, 'requestHash'>,
  ) {
    this.#registry = registry
    this.#secrets = secrets
    registry.onChange((entity) => {
      if (entity.startsWith('event/')) this.#changes++
    })
  }

  /** @param now epoch ms */
  async find(code: string, now: number): Promise<FoundCode> {
    const found = this.#in(await this.#listAt(now), code)
    if (found.state !== 'unknown') return found
    const list = await this.#listAt(now)
    const isOutdated = list.changes !== this.#changes && now - list.madeAt >= RENEW_MS
    if (!isOutdated) return found
    this.#list = this.#make(now)
    return this.#in(await this.#list, code)
  }

  #in(list: CodeList, code: string): FoundCode {
    const event = this.#registry.event(list.valid.get(code) ?? '')
    if (event) return { state: 'valid', event }
    return { state: list.expired.has(code) ? 'expired' : 'unknown' }
  }

  async #listAt(now: number): Promise<CodeList> {
    this.#list ??= this.#make(now)
    const list = await this.#list
    if (list.day === codeDay(now)) return list
    this.#list = this.#make(now)
    return await this.#list
  }

  async #make(now: number): Promise<CodeList> {
    const day = codeDay(now)
    const changes = this.#changes
    const valid = new Map<string, string>()
    const expired = new Set<string>()
    let made = 0
    for (const event of this.#registry.events()) {
      const fixed = this.#registry.checkinCodeOf(event.id)
      if (fixed === undefined) {
        valid.set(checkinCode(this.#secrets, event, day), event.id)
        expired.add(checkinCode(this.#secrets, event, day - 1))
      } else valid.set(fixed, event.id)
      made++
      if (made % CODES_AT_ONCE === 0) await turn()
    }
    return { day, madeAt: now, changes, valid, expired }
  }
}
