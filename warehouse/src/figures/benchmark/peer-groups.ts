/** Peers that an organizer has besides itself, at least. */
export const PEERS_MIN = 5
/** No organizer of a group makes up more of it than this. */
export const PEER_SHARE_MAX = 0.5

/** What makes organizers alike. */
export interface PeerFacts {
  readonly organizer: string
  /** Sector that most of its activities are of. */
  readonly sector: string
  /** Inhabitants of its municipality; 0 when that is not known. */
  readonly inhabitants: number
  /** Published number of people in its public. */
  readonly people: number
}

const SIZES = [
  [2_000, '2000+'],
  [500, '500-1999'],
  [100, '100-499'],
  [0, '0-99'],
] as const
const REGION_TYPES = [
  [100_000, 'CITY'],
  [30_000, 'TOWN'],
  [1, 'VILLAGE'],
  [0, 'UNKNOWN'],
] as const

/** From the closest likeness to the loosest: sector, size and region type; sector and size; size. */
const LIKENESSES: readonly ((facts: PeerFacts) => string)[] = [
  (facts) => `${facts.sector} ${sizeOf(facts)} ${regionTypeOf(facts)}`,
  (facts) => `${facts.sector} ${sizeOf(facts)}`,
  (facts) => sizeOf(facts),
]

/**
 * Splits organizers into groups of peers, each in one group at most, so that nobody can subtract one group from another. Who finds
 * no group that is large and even enough looks in the next looser likeness, together with all others who found none.
 */
export function peerGroups(organizers: readonly PeerFacts[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>()
  let left = organizers
  for (const likeness of LIKENESSES) {
    for (const [name, members] of Map.groupBy(left, likeness)) {
      if (!mayBeCompared(members.map(({ people }) => people))) continue
      for (const { organizer } of members) groups.set(organizer, name)
    }
    left = left.filter(({ organizer }) => !groups.has(organizer))
  }
  return groups
}

/** Whether enough stand in a group, and none of them makes up most of it. */
export function mayBeCompared(values: readonly number[]): boolean {
  const total = values.reduce((sum, value) => sum + value, 0)
  return values.length > PEERS_MIN && Math.max(...values) <= total * PEER_SHARE_MAX
}

function sizeOf({ people }: PeerFacts): string {
  return nameAt(SIZES, people)
}

function regionTypeOf({ inhabitants }: PeerFacts): string {
  return nameAt(REGION_TYPES, inhabitants)
}

function nameAt(steps: readonly (readonly [from: number, name: string])[], value: number): string {
  return steps.find(([from]) => value >= from)?.[1] ?? ''
}
