import type { Archive } from '../archive/archive.ts'
import type { LanePositions, LaneStore } from '../redis/lane-store.ts'
import type { Finding } from './finding.ts'

/** Open ranges that are looked at: more than an outage of hours leaves. */
const OPEN_RANGES_MAX = 100_000

/** Journal, sealed, loaded and ranges of a lane follow each other without gaps. */
export async function checkPositions(
  store: LaneStore,
  archive: Pick<Archive, 'manifest'>,
  { lane, positions, archivedRange }: { lane: number; positions: LanePositions; archivedRange: number },
): Promise<Finding[]> {
  const findings: Finding[] = []
  const report = (range: number, detail: string) => findings.push({ check: 'positions', lane, range, detail })
  const { range, loadedRange, loaded, sealed } = positions
  if (loadedRange > range) report(loadedRange, 'more is loaded than was frozen')
  if (archivedRange > range) report(archivedRange, 'more is archived than was frozen')
  if (loadedRange > archivedRange) report(loadedRange, 'more is loaded than is archived')
  if (loadedRange > 0 && loadedRange <= archivedRange) {
    const { to } = await archive.manifest(lane, loadedRange)
    if (to !== loaded) report(loadedRange, 'the watermark is not the end of the last loaded range')
  }
  const open = await store.openRanges(lane, loadedRange, Math.min(OPEN_RANGES_MAX, Math.max(1, range - loadedRange)))
  if (open.length !== Math.min(OPEN_RANGES_MAX, Math.max(0, range - loadedRange))) {
    report(loadedRange + open.length + 1, 'a frozen range is missing')
  }
  const end = open.at(-1)
  if (end && end.range === range && end.to !== sealed)
    report(range, 'the last frozen range does not end where the journal is frozen')
  if (!end && loadedRange === range && sealed !== loaded) report(range, 'the journal is frozen beyond the last range')
  for (const frozen of open) {
    const entries = await store.entriesBetween(lane, frozen.from, frozen.to)
    if (entries.length !== frozen.count) report(frozen.range, `${entries.length} of ${frozen.count} records are in the journal`)
  }
  return findings
}
