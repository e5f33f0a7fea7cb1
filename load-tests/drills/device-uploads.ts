import type { Visitor } from '../scenarios/cast.ts'
import { type BatchDoor, type Scan, tellScans } from './batch-door.ts'
import type { DrillStage } from './drill.ts'

const SCANS = 1_000
const LINES = 50
const DAY_MS = 86_400_000
/** Of the batches so many are sent a second time under another key, as by a device that was set back from a copy. */
const RESENT_SHARE = 0.2
/** Clocks of devices: right, days and months late, ahead, and at the beginning of all clocks. */
const LATENESS_MS = [0, 3 * 3_600_000, 3 * DAY_MS, 8 * DAY_MS, 60 * DAY_MS, 400 * DAY_MS, -2 * 3_600_000, -900 * DAY_MS]

export interface UploadFacts {
  readonly scans: number
  readonly stored: number
  readonly refused: number
}

/**
 * Two devices with one id tell the same queue in different orders, some of it twice, with scans of all ages.
 * @throws {Error} naming the first scan that was answered in two ways, or not at all
 */
export async function uploadTwice({ installation, hand }: DrillStage, dice: () => number = Math.random): Promise<UploadFacts> {
  const { door, visitors, answers } = hand
  const batchDoor: BatchDoor = { api: installation.api, door, answers }
  const now = Date.now()
  const queue = Array.from({ length: SCANS }, (_, index) => scanOf(index, { visitors, now }))
  const known = new Map<string, string>()
  const upload = async (device: string) => {
    for (const [index, scans] of batchesOf(shuffled(queue, dice)).entries()) {
      const times = dice() < RESENT_SHARE ? 2 : 1
      for (let time = 1; time <= times; time++) {
        for (const { nonce, isStored, detail } of await tellScans(batchDoor, scans, `upload-${now}-${device}-${index}-${time}`)) {
          const answer = `${isStored ? 'stored' : 'refused'} ${detail}`
          const before = known.get(nonce)
          if (before !== undefined && before !== answer) throw new Error(`${nonce} was answered "${before}", then "${answer}"`)
          known.set(nonce, answer)
        }
      }
    }
  }
  await Promise.all([upload('first'), upload('second')])
  if (known.size !== SCANS) throw new Error(`${SCANS} scans were told, and ${known.size} answered`)
  const stored = [...known.values()].filter((answer) => answer.startsWith('stored')).length
  return { scans: SCANS, stored, refused: SCANS - stored }
}

function scanOf(index: number, { visitors, now }: { readonly visitors: readonly Visitor[]; readonly now: number }): Scan {
  const late = LATENESS_MS[index % LATENESS_MS.length] ?? 0
  const { uitpasNumber = '' } = visitors[index % visitors.length] ?? {}
  return { nonce: `u${now}-${index}`, scannedAt: new Date(now - late - index * 1_000).toISOString(), uitpasNumber }
}

function batchesOf(scans: readonly Scan[]): readonly (readonly Scan[])[] {
  return Array.from({ length: Math.ceil(scans.length / LINES) }, (_, index) => scans.slice(index * LINES, (index + 1) * LINES))
}

/** Fisher and Yates. */
function shuffled(scans: readonly Scan[], dice: () => number): readonly Scan[] {
  const all = [...scans]
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(dice() * (last + 1))
    const [a, b] = [all[last], all[other]]
    if (a && b) [all[last], all[other]] = [b, a]
  }
  return all
}
