/** The second largest contributor may not be able to estimate the largest more closely than this part of its amount. */
export const DOMINANCE_SHARE = 0.2

/** A figure about "the organizers" has at least so many, none with more than this part. */
export const ORGANIZERS_MIN = 3
export const ORGANIZER_SHARE_MAX = 0.5

/** An amount and its two largest contributions. */
export interface Contributions {
  readonly total: number
  readonly largest: number
  readonly second: number
}

/** p %-rule: whoever takes the own, second largest contribution off the total is left too little room around the largest. */
export function isDominated({ total, largest, second }: Contributions): boolean {
  return largest > 0 && total - largest - second < DOMINANCE_SHARE * largest
}

/** How closely nobody may work out a dominated amount: the same part of the largest on either side of it. */
export function roomAround({ largest }: Pick<Contributions, 'largest'>): number {
  return Math.ceil(2 * DOMINANCE_SHARE * largest)
}

/** Whether a figure about organizers says too much of one of them. */
export function tellsOfAnOrganizer({ organizers, largestShare }: { organizers: number; largestShare: number }): boolean {
  return organizers < ORGANIZERS_MIN || largestShare > ORGANIZER_SHARE_MAX
}
