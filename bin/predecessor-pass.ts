/** Points of one pass, as one bonus may give them. */
const POINTS_MAX = 1_000_000

/** How the passes of another programme are taken in. */
export interface Predecessor {
  /** Id of the programme of the passes. */
  readonly programme: string
  /** Id of the programme whose points theirs become; absent: they stay points of their own programme. */
  readonly pointsTo?: string
}

/** A line of a predecessor's file: the passholder as `PUT /registry/passholders` takes it, and the points it brings. */
interface PredecessorPass {
  readonly data: Readonly<Record<string, unknown>>
  /** For `PUT /registry/bonuses`; absent: no points. */
  readonly bonus?: Readonly<Record<string, unknown>>
}

/**
 * Takes `points` and `pointsTo` out of a passholder's line and makes a bonus of them. Its id says which pass of which programme
 * the points are of, so that they are given once however often the file is imported.
 * @returns the reason why the line is none, when it is none
 */
export function predecessorPass(line: unknown, { programme, pointsTo }: Predecessor): PredecessorPass | string {
  if (typeof line !== 'object' || line === null) return 'expected a passholder'
  // An object that JSON.parse made: reading a member that is not there gives undefined.
  const { points = 0, pointsTo: to, ...passholder } = line as Readonly<Record<string, unknown>>
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 0 || points > POINTS_MAX) {
    return `points: expected a whole number from 0 to ${POINTS_MAX}`
  }
  if (passholder.programme !== undefined && passholder.programme !== programme) {
    return `programme: expected ${programme} or nothing`
  }
  const data = { ...passholder, programme }
  if (points === 0) return { data }
  const from = { passholderId: passholder.id }
  const bonus = { id: `${programme}.${String(passholder.id)}`, from, points }
  if (pointsTo === undefined) return { data, bonus: { ...bonus, ...from, programme } }
  const recipient = recipientOf(to)
  if (!recipient) return `pointsTo: expected {"uitpasNumber": …} or {"passholderId": …} of who gets the points of ${pointsTo}`
  return { data, bonus: { ...bonus, ...recipient, programme: pointsTo } }
}

function recipientOf(to: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof to !== 'object' || to === null) return undefined
  if ('uitpasNumber' in to && typeof to.uitpasNumber === 'string') return { uitpasNumber: to.uitpasNumber }
  return 'passholderId' in to && typeof to.passholderId === 'string' ? { passholderId: to.passholderId } : undefined
}
