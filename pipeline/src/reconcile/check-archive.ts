import { comparePositions, parsePosition } from '@zuil/core'
import type { Archive } from '../archive/archive.ts'
import { contentOf, isSameContent, NO_CONTENT } from '../archive/content.ts'
import { FIRST_PREVIOUS, type Manifest } from '../archive/manifest.ts'
import type { SegmentRow } from '../archive/segment.ts'
import { problemOf } from '../problem.ts'
import type { Finding } from './finding.ts'

/** Reads a lane's whole archive: the chain of manifests, and every segment against its manifest. Segments are checked, not believed. */
export async function checkArchive(archive: Archive, lane: number, onRange: () => void): Promise<Finding[]> {
  const findings: Finding[] = []
  const report = (range: number, detail: string) => findings.push({ check: 'archive', lane, range, detail })
  let previousHash = FIRST_PREVIOUS
  let previous: Manifest | undefined
  const last = await archive.lastRange(lane)
  for (let range = 1; range <= last; range++) {
    onRange()
    try {
      const manifest = await archive.readManifest(lane, range)
      for (const detail of chainProblems(manifest, { lane, range, previous, previousHash })) report(range, detail)
      for (const detail of contentProblems(manifest, await archive.rows(lane, range))) report(range, detail)
      previous = manifest
    } catch (error) {
      report(range, `cannot be read: ${problemOf(error)}`)
      previous = undefined
    }
    previousHash = await archive.manifestHash(lane, range).catch(() => '')
  }
  return findings
}

function chainProblems(
  manifest: Manifest,
  place: { lane: number; range: number; previous: Manifest | undefined; previousHash: string },
): string[] {
  const problems: string[] = []
  if (manifest.lane !== place.lane || manifest.range !== place.range) problems.push('the manifest is of another range')
  if (manifest.previous !== place.previousHash) problems.push('the manifest does not name the one before')
  const from = parsePosition(place.lane, manifest.from)
  const to = parsePosition(place.lane, manifest.to)
  const before = place.previous && parsePosition(place.lane, place.previous.to)
  if (!from || !to || comparePositions(from, to) > 0) problems.push('its positions are out of order')
  if (from && before && comparePositions(before, from) >= 0) problems.push('it overlaps the range before')
  return problems
}

function contentProblems(manifest: Manifest, rows: readonly SegmentRow[]): string[] {
  const problems: string[] = []
  const byTable = Map.groupBy(rows, (row) => row.table)
  for (const table of new Set([...byTable.keys(), ...manifest.tables.keys()])) {
    const lines = (byTable.get(table) ?? []).map((row) => row.line)
    if (!isSameContent(contentOf(lines), manifest.tables.get(table) ?? NO_CONTENT))
      problems.push(`rows of ${table} are not those of the manifest`)
  }
  return problems
}
