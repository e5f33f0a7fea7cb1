import { DAY_MS } from './brussels.ts'
import type { PeriodLimit } from './event.ts'

/** Categories of the official API, in its order. */
export const REWARD_CATEGORIES = ['Eten en drinken', 'Doen', 'Gadget of item', 'Goede doel'] as const
export type RewardCategory = (typeof REWARD_CATEGORIES)[number]

/** From when until when (epoch ms, both inclusive); no end: for ever. */
export interface Span {
  readonly from: number
  readonly until?: number
}

/**
 * What points can be exchanged for (POINTS), or what a new member is granted and collects once (WELCOME). Texts and pictures
 * are not here: no decision and no figure needs them.
 */
export interface Reward {
  readonly id: string
  /** Dense number: owner of the stock. */
  readonly number: number
  readonly title: string
  readonly type: 'POINTS' | 'WELCOME'
  /** 0 for a welcome reward. */
  readonly points: number
  readonly programme: string
  /** When it is shown. Says nothing about when it can be had. */
  readonly publication?: Span
  /** When new members are granted it; absent: always. */
  readonly granting?: Span
  /** When it can be redeemed; absent: always. */
  readonly redeem?: Span
  /** Absent: unlimited. */
  readonly unitsMax?: number
  /** How often one person may redeem it. */
  readonly redeemLimit?: PeriodLimit
  /** Members of these may have it; empty: of all card systems. */
  readonly cardSystems: readonly number[]
  readonly owningCardSystem: number
  /** NIS codes: only who lives there may have it; empty: everybody. */
  readonly residentsOf: readonly number[]
  /** Organizers where it can be redeemed; empty: all. */
  readonly organizers: readonly string[]
  readonly categories: readonly RewardCategory[]
  readonly forKids: boolean
  readonly sport: boolean
  readonly featured: boolean
  readonly online: boolean
  readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETED'
}

/** What the API shows of a reward beside {@link Reward}. */
export interface RewardTexts {
  readonly promotionalDescription: string
  readonly practicalInfo?: string
  readonly moreInfoUrl?: string
  readonly pictures: readonly string[]
  /** Of an online reward: what to do with the code. */
  readonly redeemInfo?: { readonly text?: string; readonly link?: string; readonly label?: string }
  /** Of an online reward whose code is the same for everybody. */
  readonly redeemCode?: string
}

/** Days before the end of the redeem period in which a reward counts as a last chance. */
const LAST_CHANCE_DAYS = 14

/** Whether an instant lies in a span; no span: always. */
export function isWithin(span: Span | undefined, instant: number): boolean {
  return span === undefined || (span.from <= instant && instant <= (span.until ?? Number.POSITIVE_INFINITY))
}

/** Whether the redeem period runs now and ends within two weeks. */
export function isLastChance({ redeem }: Pick<Reward, 'redeem'>, now: number): boolean {
  return redeem?.until !== undefined && isWithin(redeem, now) && redeem.until - now <= LAST_CHANCE_DAYS * DAY_MS
}
