import { brusselsDay, type Holder, type Membership, type ReportingPeriod, UITPAS } from '@zuil/core'
import { PROGRAMMES } from '../place/programmes.ts'
import { Rows } from './rows.ts'
import { NOWHERE, type TruthPlaces } from './truth-places.ts'

/** A right that was given again so long after it ended was not renewed. */
const RENEWAL_DAYS = 90
/** Rows that are kept for {@link RegistryBook.endedRights}: rights of more than a year, a period and the wait for it. */
const RIGHTS_DAYS = 1_200

/** What a row of the registry says of a holder. */
const SAYS = { group: 1, valid: 2, socialTariff: 4, active: 8, predecessor: 16 } as const

/** Of what has no end: later than any day and instant of a history. */
const NO_END = 0x7fff_ffff
const NO_END_MS = Date.UTC(2149, 5, 6)

const WAITING = { at: 8, holder: 4, nis: 4, postalCode: 2, birthYear: 2, says: 1, endsAt: 8 } as const
type Waiting = Rows<typeof WAITING>

const BEGUN = { holders: 'new-holders', socialTariff: 'new-kt-holders' } as const
export type Beginning = (typeof BEGUN)[keyof typeof BEGUN]

/**
 * What the registry told the journal of the holders, as it was at one instant: rows wait until {@link advance} reaches them. A holder
 * has one valid membership of UiTPAS or two; in a history it never ends.
 */
export class RegistryBook {
  /** Index of the municipality; NOWHERE before the first row. */
  readonly place: Uint16Array
  /** Index into {@link postalCodes}. */
  readonly postalCode: Uint16Array
  readonly birthYear: Uint16Array
  /** 1: a group, which is nobody in particular. */
  readonly isGroup: Uint8Array
  /** Day of the first valid row; 0 before. */
  readonly validSince: Int32Array
  /** 1: a card of another programme, before the pass or beside it. */
  readonly hadPredecessor: Uint8Array
  /** 1: the social tariff, grace included. */
  readonly hasTariff: Uint8Array
  /** Last day at the end of which the holder had the social tariff that was lost meanwhile; 0: none. */
  readonly lastTariffDay: Int32Array
  readonly #tariffSince: Int32Array
  /** What the rows of the registry said of rights; 0: the row gave no active one. */
  readonly #rights = new Rows({ day: 4, holder: 4, at: 8, endsAt: 8 })
  readonly postalCodes: string[] = []
  readonly #places: TruthPlaces
  readonly #onBeginning: (what: Beginning, holder: number, day: number) => void
  readonly #postalNumbers = new Map<string, number>()
  readonly #waiting = new Rows(WAITING)
  #done = 0

  constructor(holders: number, places: TruthPlaces, onBeginning: (what: Beginning, holder: number, day: number) => void) {
    this.#places = places
    this.#onBeginning = onBeginning
    const length = holders + 1
    this.place = new Uint16Array(length).fill(NOWHERE)
    this.postalCode = new Uint16Array(length)
    this.birthYear = new Uint16Array(length)
    this.isGroup = new Uint8Array(length)
    this.validSince = new Int32Array(length)
    this.hadPredecessor = new Uint8Array(length)
    this.hasTariff = new Uint8Array(length)
    this.lastTariffDay = new Int32Array(length)
    this.#tariffSince = new Int32Array(length)
  }

  /** Dense numbers of holders go from 1 to this. */
  get holders(): number {
    return this.place.length - 1
  }

  tell(at: number, { number: holder, homeNis: nis, homePostalCode, birthYear, passType, memberships }: Holder): void {
    const valid = memberships.filter(isValid)
    const right = valid.find(({ socialTariff }) => socialTariff === 'ACTIVE') ?? valid.find(hasRight)
    const says =
      (passType === 'GROUP' ? SAYS.group : 0) |
      (valid.length > 0 ? SAYS.valid : 0) |
      (right ? SAYS.socialTariff : 0) |
      (right?.socialTariff === 'ACTIVE' ? SAYS.active : 0) |
      (memberships.some(isOfPredecessor) ? SAYS.predecessor : 0)
    const endsAt = right?.socialTariffEndsAt ?? 0
    this.#waiting.push({ at, holder, nis, postalCode: this.#postalNumber(homePostalCode), birthYear, says, endsAt })
  }

  /** Applies what was told before an instant. */
  advance(until: number): void {
    const waiting = this.#waiting
    const end = waiting.indexOf(until)
    for (let row = this.#done; row < end; row++) this.#apply(row)
    const count = waiting.count
    waiting.forgetBelow(until)
    this.#done = end - (count - waiting.count)
  }

  /** Holders whose last active right of a period ended in it, and whether another one held on a day within {@link RENEWAL_DAYS}. */
  endedRights({ firstDay, lastDay }: Pick<ReportingPeriod, 'firstDay' | 'lastDay'>): ReadonlyMap<number, boolean> {
    const [days, holders, instants, ends] = [
      this.#rights.column('day'),
      this.#rights.column('holder'),
      this.#rights.column('at'),
      this.#rights.column('endsAt'),
    ]
    const endedOn = new Map<number, number>()
    for (let row = 0; row < this.#rights.count; row++) {
      const [endsAt = 0, holder = 0] = [ends[row], holders[row]]
      const day = brusselsDay(endsAt)
      if (endsAt === 0 || day < firstDay || day > lastDay || (instants[row] ?? 0) >= endsAt) continue
      endedOn.set(holder, Math.max(day, endedOn.get(holder) ?? 0))
    }
    const renewed = new Map([...endedOn.keys()].map((holder) => [holder, false]))
    // from the last row to the first one, so that the day on which a row was replaced is known
    const replacedOn = new Int32Array(this.place.length).fill(NO_END)
    for (let row = this.#rights.count - 1; row >= 0; row--) {
      const [holder = 0, day = 0, endsAt = 0] = [holders[row], days[row], ends[row]]
      const toDay = (replacedOn[holder] ?? 0) - 1
      const ended = endedOn.get(holder) ?? NO_END
      const isLater = endsAt !== 0 && brusselsDay(endsAt) > ended && day <= ended + RENEWAL_DAYS && toDay > ended
      if (isLater && day <= toDay) renewed.set(holder, true)
      replacedOn[holder] = day
    }
    return renewed
  }

  #apply(row: number): void {
    const value = (name: Parameters<Waiting['column']>[0]) => this.#waiting.column(name)[row] ?? 0
    const [at, holder, says] = [value('at'), value('holder'), value('says')]
    this.place[holder] = this.#places.municipalityOf(value('nis'))
    this.postalCode[holder] = value('postalCode')
    this.birthYear[holder] = value('birthYear')
    this.isGroup[holder] = says & SAYS.group
    if (this.isGroup[holder] === 1) return
    const day = brusselsDay(at)
    if ((says & SAYS.predecessor) !== 0) this.hadPredecessor[holder] = 1
    if ((says & SAYS.valid) !== 0 && this.validSince[holder] === 0) {
      this.validSince[holder] = day
      this.#onBeginning(BEGUN.holders, holder, day)
    }
    this.#rights.push({ day, holder, at, endsAt: (says & SAYS.active) !== 0 ? value('endsAt') || NO_END_MS : 0 })
    this.#rights.forgetBelow(day - RIGHTS_DAYS)
    this.#applyTariff(holder, day, (says & SAYS.socialTariff) !== 0 ? 1 : 0)
  }

  /** The last row of a day is the state of that day. */
  #applyTariff(holder: number, day: number, has: number): void {
    const had = this.hasTariff[holder]
    this.hasTariff[holder] = has
    if (has === 1 && had === 0) {
      if (this.#tariffSince[holder] === 0) this.#onBeginning(BEGUN.socialTariff, holder, day)
      this.#tariffSince[holder] = day
    }
    if (has === 0 && had === 1 && (this.#tariffSince[holder] ?? 0) < day) this.lastTariffDay[holder] = day - 1
  }

  #postalNumber(postalCode: string): number {
    let number = this.#postalNumbers.get(postalCode)
    if (number === undefined) {
      number = this.postalCodes.length
      this.postalCodes.push(postalCode)
      this.#postalNumbers.set(postalCode, number)
    }
    return number
  }
}

/** A membership of another programme, such as the card for children before the pass, is none of UiTPAS. */
function isValid({ status, cardSystem }: Membership): boolean {
  return status === 'ACTIVE' && PROGRAMMES.programmeOf(cardSystem) === UITPAS.id
}

function isOfPredecessor({ cardSystem }: Membership): boolean {
  return PROGRAMMES.programmeOf(cardSystem) !== UITPAS.id
}

function hasRight({ socialTariff }: Membership): boolean {
  return socialTariff === 'ACTIVE' || socialTariff === 'GRACE'
}
