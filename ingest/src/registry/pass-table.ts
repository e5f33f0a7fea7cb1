import { CARD_STATUSES, type Card, type Holder, type Membership, SOCIAL_TARIFF_STATES } from '@zuil/core'
import { type HashHead, headOf } from '../keyed-hash.ts'
import { HashIndex } from './hash-index.ts'
import type { CardRow, HolderEntry } from './holder-entry.ts'

/** Rows that are added at once, at least, when a table is full. */
const GROWTH_ROWS = 65_536
/** Memberships of one holder that the table keeps: there are fewer card systems than this. */
const MEMBERSHIPS_MAX = 255
/** End of a social tariff that has none. */
const NO_END = Number.NaN
const STATES = SOCIAL_TARIFF_STATES.length

/**
 * Cards and holders in typed arrays, by their dense numbers: some 90 bytes for a holder with a card, no object. Objects are
 * made when somebody asks. Numbers start at 1; row 0 of every array is unused.
 */
export class PassTable {
  readonly #cardIndex: HashIndex
  readonly #chipIndex: HashIndex
  #cardHolder = new Uint32Array(GROWTH_ROWS)
  #cardSystem = new Uint32Array(GROWTH_ROWS)
  /** Position in CARD_STATUSES plus 1; 0: there is no such card. */
  #cardStatus = new Uint8Array(GROWTH_ROWS)
  /** First 32 bits of the chip's hash, so that a chip that a card gave up no longer leads to it. */
  #cardChip = new Uint32Array(GROWTH_ROWS)

  #homeNis = new Uint32Array(GROWTH_ROWS)
  #birthYear = new Uint16Array(GROWTH_ROWS)
  /** Position in #postalCodes. */
  #postalCode = new Uint32Array(GROWTH_ROWS)
  /** 0: there is no such holder; 1 individual, 2 group. */
  #passType = new Uint8Array(GROWTH_ROWS)
  #membershipsFrom = new Uint32Array(GROWTH_ROWS)
  #membershipsCount = new Uint8Array(GROWTH_ROWS)

  #membershipSystem = new Uint32Array(GROWTH_ROWS)
  /** Position in SOCIAL_TARIFF_STATES, plus their number when the membership is blocked. */
  #membershipState = new Uint8Array(GROWTH_ROWS)
  #membershipEnds = new Float64Array(GROWTH_ROWS)
  #membershipsUsed = 0
  /** Rows of memberships that no holder uses any more. */
  #membershipsLost = 0

  /** What only few holders have. */
  readonly #extras = new Map<number, Pick<Holder, 'coupons' | 'ticketsPerYear'>>()

  readonly #postalCodes: string[] = []
  readonly #postalCodeIndex = new Map<string, number>()
  #holders = 0
  #cards = 0

  constructor(expectedCards = 0) {
    this.#cardIndex = new HashIndex(expectedCards)
    this.#chipIndex = new HashIndex(expectedCards)
  }

  get holders(): number {
    return this.#holders
  }

  get cards(): number {
    return this.#cards
  }

  /** Takes a holder with its cards, or replaces what was known of it. */
  setHolder(number: number, entry: HolderEntry): void {
    this.#reserveHolder(number)
    if (this.#passType[number] === 0) this.#holders++
    this.#passType[number] = entry.passType === 'GROUP' ? 2 : 1
    this.#homeNis[number] = entry.homeNis
    this.#birthYear[number] = entry.birthYear
    this.#postalCode[number] = this.#internPostalCode(entry.homePostalCode)
    this.#setMemberships(number, entry.memberships.slice(0, MEMBERSHIPS_MAX))
    const { coupons, ticketsPerYear } = entry
    if (!coupons && ticketsPerYear === undefined) this.#extras.delete(number)
    else this.#extras.set(number, { ...(coupons && { coupons }), ...(ticketsPerYear !== undefined && { ticketsPerYear }) })
    for (const card of entry.cards) this.setCard(card, number)
  }

  /** `holder` 0: nobody has the card; it does not take a card away from its holder. */
  setCard(row: CardRow, holder: number): void {
    const { number } = row
    this.#reserveCard(number)
    if (holder === 0 && (this.#cardHolder[number] ?? 0) !== 0) return
    if (this.#cardStatus[number] === 0) this.#cards++
    this.#cardHolder[number] = holder
    this.#cardSystem[number] = row.cardSystem
    this.#cardStatus[number] = CARD_STATUSES.indexOf(row.status) + 1
    this.#cardChip[number] = row.chip?.readUInt32LE(0) ?? 0
    this.#cardIndex.set(headOf(row.hash), number)
    if (row.chip) this.#chipIndex.set(headOf(row.chip), number)
  }

  byCardHash(hash: HashHead): Card | undefined {
    return this.card(this.#cardIndex.get(hash))
  }

  byChipHash(hash: HashHead): Card | undefined {
    const number = this.#chipIndex.get(hash)
    return this.#cardChip[number] === hash.first ? this.card(number) : undefined
  }

  card(number: number): Card | undefined {
    const status = CARD_STATUSES[(this.#cardStatus[number] ?? 0) - 1]
    if (!status) return undefined
    return { number, holder: this.#cardHolder[number] ?? 0, cardSystem: this.#cardSystem[number] ?? 0, status }
  }

  holder(number: number): Holder | undefined {
    const passType = this.#passType[number] ?? 0
    if (passType === 0) return undefined
    const from = this.#membershipsFrom[number] ?? 0
    const count = this.#membershipsCount[number] ?? 0
    // Nearly everybody has one, and a list that grows takes room for sixteen.
    const memberships = count === 0 ? [] : [this.#membership(from)]
    for (let row = from + 1; row < from + count; row++) memberships.push(this.#membership(row))
    const holder = {
      number,
      passType: passType === 2 ? 'GROUP' : 'INDIVIDUAL',
      homeNis: this.#homeNis[number] ?? 0,
      homePostalCode: this.#postalCodes[this.#postalCode[number] ?? 0] ?? '',
      birthYear: this.#birthYear[number] ?? 0,
      memberships,
    } as const
    const extras = this.#extras.get(number)
    return extras ? { ...holder, ...extras } : holder
  }

  #membership(row: number): Membership {
    const state = this.#membershipState[row] ?? 0
    const ends = this.#membershipEnds[row] ?? NO_END
    const cardSystem = this.#membershipSystem[row] ?? 0
    const status = state >= STATES ? 'BLOCKED' : 'ACTIVE'
    const socialTariff = SOCIAL_TARIFF_STATES[state % STATES] ?? 'NONE'
    return Number.isNaN(ends)
      ? { cardSystem, status, socialTariff }
      : { cardSystem, status, socialTariff, socialTariffEndsAt: ends }
  }

  #setMemberships(holder: number, memberships: readonly Membership[]): void {
    const count = this.#membershipsCount[holder] ?? 0
    if (memberships.length > count) {
      this.#membershipsLost += count
      if (this.#membershipsLost > Math.max(GROWTH_ROWS, this.#membershipsUsed / 2)) this.#compactMemberships(holder)
      this.#reserveMemberships(memberships.length)
      this.#membershipsFrom[holder] = this.#membershipsUsed
      this.#membershipsUsed += memberships.length
    } else {
      this.#membershipsLost += count - memberships.length
    }
    this.#membershipsCount[holder] = memberships.length
    const from = this.#membershipsFrom[holder] ?? 0
    for (const [index, membership] of memberships.entries()) {
      const state = SOCIAL_TARIFF_STATES.indexOf(membership.socialTariff)
      this.#membershipSystem[from + index] = membership.cardSystem
      this.#membershipState[from + index] = membership.status === 'BLOCKED' ? state + STATES : state
      this.#membershipEnds[from + index] = membership.socialTariffEndsAt ?? NO_END
    }
  }

  /** Writes the rows that are in use one after another, without those of the holder that gets new ones. */
  #compactMemberships(except: number): void {
    const [system, state, ends] = [this.#membershipSystem, this.#membershipState, this.#membershipEnds]
    this.#membershipSystem = new Uint32Array(system.length)
    this.#membershipState = new Uint8Array(state.length)
    this.#membershipEnds = new Float64Array(ends.length)
    this.#membershipsCount[except] = 0
    let used = 0
    for (let holder = 1; holder < this.#passType.length; holder++) {
      const count = this.#membershipsCount[holder] ?? 0
      const from = this.#membershipsFrom[holder] ?? 0
      this.#membershipSystem.set(system.subarray(from, from + count), used)
      this.#membershipState.set(state.subarray(from, from + count), used)
      this.#membershipEnds.set(ends.subarray(from, from + count), used)
      this.#membershipsFrom[holder] = used
      used += count
    }
    this.#membershipsUsed = used
    this.#membershipsLost = 0
  }

  #internPostalCode(text: string): number {
    const known = this.#postalCodeIndex.get(text)
    if (known !== undefined) return known
    const index = this.#postalCodes.push(text) - 1
    this.#postalCodeIndex.set(text, index)
    return index
  }

  #reserveCard(number: number): void {
    if (number < this.#cardStatus.length) return
    const rows = grownTo(number, this.#cardStatus.length)
    this.#cardHolder = grown(this.#cardHolder, new Uint32Array(rows))
    this.#cardSystem = grown(this.#cardSystem, new Uint32Array(rows))
    this.#cardStatus = grown(this.#cardStatus, new Uint8Array(rows))
    this.#cardChip = grown(this.#cardChip, new Uint32Array(rows))
  }

  #reserveHolder(number: number): void {
    if (number < this.#passType.length) return
    const rows = grownTo(number, this.#passType.length)
    this.#homeNis = grown(this.#homeNis, new Uint32Array(rows))
    this.#birthYear = grown(this.#birthYear, new Uint16Array(rows))
    this.#postalCode = grown(this.#postalCode, new Uint32Array(rows))
    this.#passType = grown(this.#passType, new Uint8Array(rows))
    this.#membershipsFrom = grown(this.#membershipsFrom, new Uint32Array(rows))
    this.#membershipsCount = grown(this.#membershipsCount, new Uint8Array(rows))
  }

  #reserveMemberships(count: number): void {
    const last = this.#membershipsUsed + count
    if (last <= this.#membershipSystem.length) return
    const rows = grownTo(last, this.#membershipSystem.length)
    this.#membershipSystem = grown(this.#membershipSystem, new Uint32Array(rows))
    this.#membershipState = grown(this.#membershipState, new Uint8Array(rows))
    this.#membershipEnds = grown(this.#membershipEnds, new Float64Array(rows))
  }
}

/** A quarter more, and at least GROWTH_ROWS: few copies, little air. */
function grownTo(row: number, rows: number): number {
  return Math.max(row + 1, rows + Math.max(GROWTH_ROWS, rows >>> 2))
}

function grown<T extends { set(source: T): void }>(from: T, to: T): T {
  to.set(from)
  return to
}
