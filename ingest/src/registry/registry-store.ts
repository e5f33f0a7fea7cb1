import type { Parsed, RegistryContext, RegistryKind, SettingKind } from '@zuil/core'
import { entityKey } from '@zuil/core/contracts/redis-keys'
import { parseAccount } from '@zuil/core/registry/account'
import { parseDataToken } from '@zuil/core/registry/data-token'
import { parseCard, parseGroupPass, parsePassholder } from '@zuil/core/registry/passholder'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import type { Secrets } from '../secrets.ts'
import { AccountPut } from './account-put.ts'
import { CardPut } from './card-put.ts'
import { DataTokenPut } from './data-token-put.ts'
import { draftEntity, type EntityDraft, type EntityKind, redraftEvent } from './entity-draft.ts'
import { EntityPut } from './entity-put.ts'
import { type EntryName, removeEntry } from './entry-removal.ts'
import { HolderPut, type Member } from './holder-put.ts'
import type { KindPut, PutProblem, PutStep } from './kind-put.ts'
import type { Registry } from './registry.ts'
import { RegistryWriter } from './registry-writer.ts'

/** Entries in one put. */
export const PUT_ITEMS_MAX = 500
/** How often an entry is made again because somebody else changed it at the same moment. */
const ROUNDS_MAX = 5

/** What stands in the registry; bonuses are transactions. */
export type StoredKind = Exclude<RegistryKind, 'bonuses'> | SettingKind

export type PutResult =
  /** `changed`: false when the registry had exactly this already. */
  | { readonly index: number; readonly ok: true; readonly changed: boolean }
  | { readonly index: number; readonly ok: false; readonly problem: PutProblem }

export interface RegistryStoreOptions {
  /** A connection for scripts; the store does not close it. */
  readonly redis: Redis
  readonly lanes: number
  readonly secrets: Secrets
  /** Epoch ms. */
  readonly now: () => number
  /** What the mapping of a body needs to know of the rest; see {@link Registry}. */
  readonly registry: RegistryContext & Pick<Registry, 'refresh' | 'holder'>
  /** The journal tells of what is put already: nothing is journalled, and no membership begins now. */
  readonly isTold?: boolean
}

export type OnMembers = (members: readonly Member[]) => Promise<void>

interface Open<T> {
  readonly index: number
  readonly value: T
}

/** Writes the registry. Rejects with a LedgerError only; what is wrong with an entry is a result. */
export class RegistryStore {
  readonly #options: RegistryStoreOptions
  readonly #writer: RegistryWriter

  constructor(options: RegistryStoreOptions) {
    this.#options = options
    this.#writer = new RegistryWriter(options.redis, options.secrets, { journals: options.isTold !== true })
  }

  /**
   * Entries in their official shapes, at most PUT_ITEMS_MAX. Each is taken whole or not at all, whatever the others are;
   * results in their order. `onMembers` is told of the passholders that were put, before the put is done.
   * @throws {RangeError} for too many
   * @throws {LedgerError} then it is unknown what was taken; putting everything again is safe
   */
  async put(kind: StoredKind, items: readonly unknown[], onMembers?: OnMembers): Promise<readonly PutResult[]> {
    if (items.length > PUT_ITEMS_MAX) throw new RangeError(`One put takes at most ${PUT_ITEMS_MAX} entries, not ${items.length}`)
    try {
      // The municipalities and organizers that were put just before count for these.
      await this.#options.registry.refresh(0)
      const members: Member[] = []
      const results = await this.#put(kind, items, members)
      if (members.length > 0) await onMembers?.(members)
      return results
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }

  /** Takes an entry out; false when there is none by this id. @throws {LedgerError} then doing it again is safe */
  async remove(name: EntryName): Promise<boolean> {
    const { lanes, redis, secrets } = this.#options
    try {
      return await removeEntry({ lanes, redis, secrets, writer: this.#writer }, name)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }

  #put(kind: StoredKind, items: readonly unknown[], members: Member[]): Promise<readonly PutResult[]> {
    const { lanes, redis, secrets, registry, now, isTold = false } = this.#options
    const parts = { lanes, redis, secrets, writer: this.#writer }
    const book = { now, isTold, programmes: registry.programmes, holder: (number: number) => registry.holder(number) }
    switch (kind) {
      case 'passholders':
        return takeIn(items, {
          parse: (body) => parsePassholder(body, registry),
          into: new HolderPut(parts, { ...book, members }),
        })
      case 'group-passes':
        return takeIn(items, {
          parse: (body) => parseGroupPass(body, registry),
          into: new HolderPut(parts, { ...book, members: [] }),
        })
      case 'accounts':
        return takeIn(items, { parse: (body) => parseAccount(body, undefined), into: new AccountPut(parts) })
      case 'data-tokens':
        return takeIn(items, { parse: (body) => parseDataToken(body, undefined), into: new DataTokenPut(parts) })
      case 'cards':
        return takeIn(items, { parse: (body) => parseCard(body, registry), into: new CardPut(parts) })
      case 'municipalities':
      case 'card-systems':
      case 'programmes':
      case 'organizers':
      case 'distribution-keys':
      case 'settlement-agreements':
      case 'coupons':
      case 'events':
      case 'rewards':
      case 'kiosks':
      case 'clients':
      case 'event-sales':
        return this.#putEntities(kind, items)
      case 'event-settings':
      case 'event-card-systems':
        return this.#putOverlays(kind, items)
    }
  }

  /** What stands beside an event, and then the events that are there already, with it. */
  async #putOverlays(kind: SettingKind, items: readonly unknown[]): Promise<readonly PutResult[]> {
    const { lanes, redis, secrets, registry } = this.#options
    const drafts = items.map((body) => draftEntity(kind, body, { context: registry, secrets }))
    const results = await this.#putEntities(kind, items)
    const keys = drafts.map((draft) => (draft.ok ? draft.value.key : ''))
    const known = await Promise.all(keys.map((key) => redis.hexists(entityKey('events'), key)))
    // Also for what is unchanged: an earlier put may have stopped before its event.
    const indexes = [...results.keys()].filter((index) => results[index]?.ok && known[index] === 1)
    const into = new EntityPut('events', { lanes, redis, secrets, writer: this.#writer })
    const events = await takeIn(
      indexes.map((index) => keys[index]),
      { parse: (key) => ({ ok: true, value: redraftEvent(String(key)) }), into },
    )
    const failed = new Map(events.flatMap((event) => (event.ok ? [] : [[indexes[event.index] ?? -1, event] as const])))
    return results.map((result, index) => {
      const event = failed.get(index)
      return event ? { ...event, index } : result
    })
  }

  #putEntities(kind: EntityKind, items: readonly unknown[]): Promise<readonly PutResult[]> {
    const { lanes, redis, secrets, registry } = this.#options
    const parse = (body: unknown): Parsed<EntityDraft> => draftEntity(kind, body, { context: registry, secrets })
    return takeIn(items, { parse, into: new EntityPut(kind, { lanes, redis, secrets, writer: this.#writer }) })
  }
}

interface Intake<T> {
  readonly parse: (body: unknown) => Parsed<T>
  readonly into: KindPut<{ readonly parsed: T; readonly body: unknown }>
}

/** Parses, writes in rounds, and gives each item its result. An entry that comes twice is written in two rounds, in order. */
async function takeIn<T>(items: readonly unknown[], { parse, into }: Intake<T>): Promise<readonly PutResult[]> {
  const results = new Array<PutResult>(items.length)
  let open: Open<{ readonly parsed: T; readonly body: unknown }>[] = []
  for (const [index, body] of items.entries()) {
    const parsed = parse(body)
    if (parsed.ok) open.push({ index, value: { parsed: parsed.value, body } })
    else results[index] = refused(index, { code: 'body/invalid-data', detail: 'Invalid body data', schemaErrors: parsed.errors })
  }
  const rounds = new Map<number, number>()
  while (open.length > 0) {
    const names = new Set<string>()
    const turn: typeof open = []
    const later: typeof open = []
    for (const each of open) {
      const name = into.nameOf(each.value)
      ;(names.has(name) ? later : turn).push(each)
      names.add(name)
    }
    const steps = await into.write(turn.map(({ value }) => value))
    for (const [position, each] of turn.entries()) {
      const step = steps[position] ?? 'conflict'
      const round = (rounds.get(each.index) ?? 0) + 1
      rounds.set(each.index, round)
      if (step === 'conflict' && round < ROUNDS_MAX) later.push(each)
      else results[each.index] = resultOf(each.index, step)
    }
    // What was put first is written first.
    open = later.sort((a, b) => a.index - b.index)
  }
  return results
}

function resultOf(index: number, step: PutStep): PutResult {
  if (step === 'written' || step === 'unchanged') return { index, ok: true, changed: step === 'written' }
  if (step !== 'conflict') return refused(index, step)
  return refused(index, {
    code: 'conflict',
    detail: 'Somebody else changes this entry at the same time; put it again.',
    schemaErrors: [],
  })
}

function refused(index: number, problem: PutProblem): PutResult {
  return { index, ok: false, problem }
}
