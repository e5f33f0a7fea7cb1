import { TABLE_NAMES, type Warehouse } from '@zuil/warehouse'
import { type ExpectationSources, expectRanges } from '../verify/expectations.ts'
import { findDifferences } from '../verify/verify-lane.ts'
import type { Finding } from './finding.ts'

/** A range number that nothing reaches. */
const RANGE_MAX = 0xffff_ffff

/** Compares what is loaded of a lane with the archive, by content; and looks for rows that no range of the archive explains. */
export async function checkWarehouse(
  sources: ExpectationSources & { readonly warehouse: Warehouse },
  lane: number,
  { loadedRange, archivedRange }: { loadedRange: number; archivedRange: number },
): Promise<Finding[]> {
  const findings: Finding[] = []
  const last = Math.min(loadedRange, archivedRange)
  const expectations = await expectRanges(sources, { lane, first: 1, upTo: last })
  for (const difference of await findDifferences(sources.warehouse, expectations, { lane, first: 1, last })) {
    const { range, table, expectedRows, actualRows } = difference
    const detail =
      expectedRows === actualRows ? `${table} has other content` : `${table} has ${actualRows} rows instead of ${expectedRows}`
    findings.push({ check: 'warehouse', lane, range, detail })
  }
  for (const table of TABLE_NAMES) {
    const unknown = await sources.warehouse.contentByRange(table, { lane, from: archivedRange + 1, to: RANGE_MAX })
    for (const [range, { rows }] of unknown) {
      findings.push({ check: 'warehouse', lane, range, detail: `${table} has ${rows} rows of a range that is not archived` })
    }
  }
  return findings
}
