import { brusselsDay, formatDay } from './brussels.ts'
import type { PeriodLimit } from './event.ts'
import type { Holder } from './holder.ts'
import { hasLuhnCheckDigit, isUitpasNumber } from './identifiers.ts'
import { MESSAGES } from './messages.ts'
import type { Refusal } from './refusal.ts'

/** The programme of cards, events and transactions that name none. */
export const DEFAULT_PROGRAMME = 'uitpas'

/** Numbers of a scheme's own passes: the same text before as many digits. */
export interface OwnNumbers {
  /** Capitals, digits and hyphens; may be empty. */
  readonly prefix: string
  readonly digits: number
  /** Whether the last digit is a Luhn check digit over the others. */
  readonly checkDigit: boolean
}

/** A leisure scheme with its own passes, points and rules: UiTPAS, or one that runs or ran beside it. */
export interface Programme {
  readonly id: string
  readonly names: { readonly nl: string; readonly fr: string; readonly en: string }
  /** Ids of the card systems whose passes are its own, ascending. Those of no programme are UiTPAS. */
  readonly cardSystems: readonly number[]
  /** What stands on its passes. UITPAS: numbers as of a UiTPAS. NONE: it has no cards, only passholders. */
  readonly passNumbers: 'UITPAS' | 'NONE' | OwnNumbers
  /** False: a check-in counts as a visit and gives nothing. */
  readonly hasPoints: boolean
  readonly hasRewards: boolean
  /** False: no social tariff and no coupons. */
  readonly hasTariffs: boolean
  /** Of a check-in, for events without settings. */
  readonly checkinPoints: number
  /** For events without settings; absent: what UiTPAS does for the type of calendar. */
  readonly checkinLimit?: PeriodLimit
  /** Whole years, both inclusive; a bound that is missing is none. */
  readonly ages?: { readonly from?: number; readonly to?: number }
  /** First and last day (`yyyy-mm-dd`, Brussels) on which its passes are good; a bound that is missing is none. */
  readonly runs?: { readonly from?: string; readonly until?: string }
}

export const UITPAS: Programme = {
  id: DEFAULT_PROGRAMME,
  names: { nl: 'UiTPAS', fr: 'UiTPAS', en: 'UiTPAS' },
  cardSystems: [],
  passNumbers: 'UITPAS',
  hasPoints: true,
  hasRewards: true,
  hasTariffs: true,
  checkinPoints: 1,
}

/** The programmes of the registry, looked up. */
export interface ProgrammeBook {
  /** Undefined when nobody declared it. */
  readonly programme: (id: string) => Programme | undefined
  /** Id of the programme of a card system. */
  readonly programmeOf: (cardSystem: number) => string
}

/** Where nothing runs beside UiTPAS. */
export const ONLY_UITPAS: ProgrammeBook = {
  programme: (id) => (id === DEFAULT_PROGRAMME ? UITPAS : undefined),
  programmeOf: () => DEFAULT_PROGRAMME,
}

/** Id of the programme of a holder: all its memberships are of one. */
export function programmeOfHolder({ memberships }: Pick<Holder, 'memberships'>, { programmeOf }: ProgrammeBook): string {
  const [first] = memberships
  return first ? programmeOf(first.cardSystem) : DEFAULT_PROGRAMME
}

/** Whether a text can be the number of a pass of the programme. */
export function isPassNumber(text: string, { passNumbers }: Pick<Programme, 'passNumbers'>): boolean {
  switch (passNumbers) {
    case 'UITPAS':
      return isUitpasNumber(text)
    case 'NONE':
      return false
    default:
      return isOwnNumber(text, passNumbers)
  }
}

function isOwnNumber(text: string, { prefix, digits, checkDigit }: OwnNumbers): boolean {
  if (text.length !== prefix.length + digits || !text.startsWith(prefix)) return false
  const number = text.slice(prefix.length)
  return /^[0-9]+$/.test(number) && (!checkDigit || hasLuhnCheckDigit(number))
}

export interface ProgrammeUse {
  /** Id of the programme in which the pass is used. */
  readonly programme: string
  readonly holder: Holder
  /** Epoch ms. */
  readonly at: number
}

/** The rules of the programme in which a pass is used, or why it may not be: another programme, its days, its ages. */
export function usedProgramme(
  { programme: id, holder, at }: ProgrammeUse,
  book: ProgrammeBook,
): { readonly programme: Programme } | { readonly refusal: Refusal } {
  const programme = book.programme(id)
  const own = programmeOfHolder(holder, book)
  if (!programme || own !== id) {
    const name = book.programme(own)?.names.nl ?? own
    return refuse(
      `A pass of programme ${own} is not for programme ${id}`,
      MESSAGES.otherProgramme(name, programme?.names.nl ?? id),
    )
  }
  if (!programme.runs && !programme.ages) return { programme }
  const day = formatDay(brusselsDay(at))
  const { from = '', until = '9999-12-31' } = programme.runs ?? {}
  if (day < from || day > until) {
    return refuse(`Programme ${id} does not run on ${day}`, MESSAGES.programmeNotNow(programme.names.nl))
  }
  if (!isOfAge(programme, holder.birthYear, Number(day.slice(0, 4)))) {
    return refuse(`The passholder is outside the ages of programme ${id}`, MESSAGES.notOfAge(programme.names.nl))
  }
  return { programme }
}

/** Only the year of birth is known here, so somebody who may be of age is. */
function isOfAge({ ages = {} }: Pick<Programme, 'ages'>, birthYear: number, year: number): boolean {
  if (birthYear === 0) return true
  const oldest = year - birthYear
  return oldest >= (ages.from ?? 0) && oldest - 1 <= (ages.to ?? Number.POSITIVE_INFINITY)
}

function refuse(detail: string, endUserMessage: Refusal['endUserMessage']): { readonly refusal: Refusal } {
  return { refusal: { code: 'invalid-card', detail: `${detail}: INVALID_CARD`, endUserMessage } }
}
