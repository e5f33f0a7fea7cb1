import type { Guard } from '@zuil/core'
import {
  BALANCES_PER_ARRAY,
  balancesArray,
  balancesKey,
  isBalance,
  ownersField,
  ownersHash,
  ownersKey,
  periodKey,
  placeInArray,
} from '@zuil/core/contracts/redis-keys'
import type { TextWriter } from '../text-writer.ts'
import type { KnownKeys } from './known-keys.ts'

/** Counters that one command reads or writes: Lua hands on 8,000 values at most, and a balance is written with four. */
const COMMAND_COUNTERS_MAX = 1_000

/** How the counters of a call were written: the contract is the head of commit.lua. */
export interface WrittenCounters {
  /** For each command the expiry to set, epoch ms, or the last place that the array must have; 0 for none. */
  readonly beginnings: readonly number[]
  /** For each command how many counters; below 0 for balances. */
  readonly counts: readonly number[]
  /** For each counter in order of arrival its number, from 1. */
  readonly numbers: Int32Array
  /** Keys of which that is asked. */
  readonly begun: readonly string[]
}

/** A hash of counters or an array of balances. */
interface Group {
  readonly key: string
  readonly isBalances: boolean
  /** Epoch ms, 0 for never. */
  expiresAt: number
  /** By owner, by place in the array, or by field: number in order of arrival. */
  readonly numbers: Map<number | string, number>
}

/** The counters of a call by the key they stand in (core/src/contracts/redis-keys.ts), so that one command takes all of one key. */
export class CounterTable {
  readonly #lane: number
  readonly #lanes: number
  readonly #groups: Group[] = []
  /** By period and counter. */
  readonly #periods = new Map<string, Map<string, Group>>()
  /** By counter and array. */
  readonly #balances = new Map<string, Map<number, Group>>()
  readonly #owners = new Map<number, Group>()
  #count = 0

  constructor(lane: number, lanes: number) {
    this.#lane = lane
    this.#lanes = lanes
  }

  /** Number of the guard's counter in order of arrival, from 0. */
  number(guard: Guard): number {
    const { counter, owner, period, expiresAt = 0 } = guard
    if (period !== '') {
      const group = this.#ofPeriod(period, counter)
      group.expiresAt ||= expiresAt
      return this.#numberIn(group, owner)
    }
    if (isBalance(counter)) return this.#numberIn(this.#balancesOf(counter, owner), placeInArray(owner, this.#lanes))
    return this.#numberIn(this.#ofOwners(owner), ownersField(counter, owner))
  }

  /** Writes the keys and the fields as arguments, those of one key together. */
  write({ keys, fields }: { readonly keys: TextWriter; readonly fields: TextWriter }, known: KnownKeys): WrittenCounters {
    const beginnings: number[] = []
    const counts: number[] = []
    const begun: string[] = []
    const numbers = new Int32Array(this.#count)
    let number = 0
    for (const group of this.#groups) {
      const { key, isBalances, expiresAt } = group
      const wanted = isBalances ? BALANCES_PER_ARRAY - 1 : expiresAt
      const beginning = wanted > 0 && !known.has(key) ? wanted : 0
      if (beginning > 0) begun.push(key)
      let count = 0
      for (const [field, arrived] of group.numbers) {
        if (count % COMMAND_COUNTERS_MAX === 0) {
          keys.argument(key)
          beginnings.push(beginning)
          counts.push(0)
        }
        count += 1
        counts[counts.length - 1] = (isBalances ? -1 : 1) * (((count - 1) % COMMAND_COUNTERS_MAX) + 1)
        if (typeof field === 'string') fields.argument(field)
        else fields.numberedArgument(isBalances ? '#' : '', field)
        number += 1
        numbers[arrived] = number
      }
    }
    return { beginnings, counts, numbers, begun }
  }

  #numberIn({ numbers }: Group, field: number | string): number {
    const known = numbers.get(field)
    if (known !== undefined) return known
    const number = this.#count
    this.#count += 1
    numbers.set(field, number)
    return number
  }

  #ofPeriod(period: string, counter: string): Group {
    const groups = memberOf(this.#periods, period)
    return groups.get(counter) ?? this.#add(groups, counter, periodKey(this.#lane, period, counter))
  }

  #balancesOf(counter: string, owner: number): Group {
    const groups = memberOf(this.#balances, counter)
    const array = balancesArray(owner, this.#lanes)
    return groups.get(array) ?? this.#add(groups, array, balancesKey(this.#lane, counter, array), true)
  }

  #ofOwners(owner: number): Group {
    const hash = ownersHash(owner)
    return this.#owners.get(hash) ?? this.#add(this.#owners, hash, ownersKey(this.#lane, hash))
  }

  #add<Name>(groups: Map<Name, Group>, name: Name, key: string, isBalances = false): Group {
    const group = { key, isBalances, expiresAt: 0, numbers: new Map() }
    groups.set(name, group)
    this.#groups.push(group)
    return group
  }
}

function memberOf<Name>(maps: Map<string, Map<Name, Group>>, name: string): Map<Name, Group> {
  let found = maps.get(name)
  if (!found) {
    found = new Map()
    maps.set(name, found)
  }
  return found
}
