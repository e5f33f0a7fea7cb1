import { type Position, parsePosition } from '@zuil/core'
import type { Archive } from './archive.ts'

/** How far a lane is archived: its last record and the number of that record's range. */
export interface ArchiveEnd {
  readonly position: Position
  readonly range: number
}

/** One for each lane, for rebuilding Redis; a lane without records has `ms: 0, sequence: 0` and range 0. */
export async function archiveEnds(archive: Pick<Archive, 'lastRange' | 'manifest'>, lanes: number): Promise<ArchiveEnd[]> {
  const ends: ArchiveEnd[] = []
  for (let lane = 0; lane < lanes; lane++) {
    const range = await archive.lastRange(lane)
    const position = range === 0 ? undefined : parsePosition(lane, (await archive.manifest(lane, range)).to)
    ends.push({ position: position ?? { lane, ms: 0, sequence: 0 }, range })
  }
  return ends
}
