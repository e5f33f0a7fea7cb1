import type { ReportingPeriod } from '@zuil/core'
import type { CompactRows, RowValue, Warehouse } from '@zuil/warehouse'
import type { RowBatch } from './release-work.ts'

export interface ReleaseRow {
  readonly release: number
  /** Epoch ms. */
  readonly publishedAt: number
  readonly state: 'PUBLISHED' | 'FAILED'
  readonly isProvisional: boolean
  readonly period: Pick<ReportingPeriod, 'kind' | 'key'>
  readonly threshold: number
  readonly cubes: readonly string[]
  readonly cells: number
  readonly withheld: number
  /** JSON: what the audit looked at, and what it found. */
  readonly audit: string
  readonly content: ReleaseContent
}

/** Rows, and the sum of the CRC32 of their lines: the same in any order. */
export interface ReleaseContent {
  readonly rows: number
  readonly hash: bigint
}

/** The tables of releases: cells first, the row that makes them visible last. */
export interface ReleaseStore {
  /** Takes away cells that no release owns: what is left of one that was never finished. Returns their numbers. */
  removeUnfinished(): Promise<readonly number[]>
  nextNumber(): Promise<number>
  /** When a release of a period last failed, epoch ms by period. */
  lastFailures(): Promise<ReadonlyMap<string, number>>
  /** Batch after batch, until there is none. */
  writeCells(next: () => Promise<RowBatch | undefined>): Promise<ReleaseContent>
  /** What really stands there. */
  content(release: number): Promise<ReleaseContent>
  /** From here on readers see it. */
  mark(row: ReleaseRow): Promise<void>
  /** Of cells that protect others, for later releases of the period. */
  writeProtecting(next: () => Promise<CompactRows | undefined>): Promise<void>
  removeCells(release: number): Promise<void>
}

const UNFINISHED_SQL = `SELECT DISTINCT release
FROM (SELECT release FROM published_cells UNION ALL SELECT release FROM protecting_cells)
WHERE release NOT IN (SELECT release FROM releases WHERE state = 'PUBLISHED')
ORDER BY release`

const LAST_SQL = 'SELECT max(release) AS release FROM releases'

const FAILURES_SQL = `SELECT period, toUnixTimestamp64Milli(max(published_at)) AS failedAt
FROM releases
WHERE state = 'FAILED'
GROUP BY period`

const CONTENT_SQL = `SELECT count() AS rows, toString(sum(CRC32(concat(
    cube, '\\t', place, '\\t', dimensions, '\\t', arrayStringConcat(members, ','), '\\t', column, '\\t', toString(value), '\\t',
    toString(status), '\\t', toString(period_kind), '\\t', period, '\\n')))) AS hash
FROM published_cells
WHERE release = {release:UInt32}`

export function createReleaseStore(warehouse: Pick<Warehouse, 'query' | 'append' | 'change'>): ReleaseStore {
  const removeCells = async (release: number) => {
    for (const table of ['published_cells', 'protecting_cells'])
      await warehouse.change(`ALTER TABLE ${table} DROP PARTITION ${release}`, {}, 'publish: remove cells')
  }
  return {
    async removeUnfinished() {
      const rows = await warehouse.query<{ release: number }>(UNFINISHED_SQL, {}, 'publish: unfinished')
      for (const { release } of rows) await removeCells(release)
      return rows.map(({ release }) => release)
    },
    async nextNumber() {
      const [last] = await warehouse.query<{ release: number }>(LAST_SQL, {}, 'publish: last release')
      return (last?.release ?? 0) + 1
    },
    async lastFailures() {
      const rows = await warehouse.query<{ period: string; failedAt: number }>(FAILURES_SQL, {}, 'publish: failures')
      return new Map(rows.map(({ period, failedAt }) => [period, failedAt]))
    },
    async writeCells(next) {
      let content: ReleaseContent = { rows: 0, hash: 0n }
      for (let batch = await next(); batch; batch = await next()) {
        const { rows, hash } = batch
        await warehouse.append('published_cells', rows)
        content = { rows: content.rows + rows.rows, hash: BigInt.asUintN(64, content.hash + hash) }
      }
      return content
    },
    async content(release) {
      const [row] = await warehouse.query<{ rows: number; hash: string }>(CONTENT_SQL, { release }, 'publish: read back')
      return { rows: row?.rows ?? 0, hash: BigInt(row?.hash ?? 0) }
    },
    async mark(row) {
      await warehouse.append('releases', [releaseValues(row)])
    },
    async writeProtecting(next) {
      for (let rows = await next(); rows; rows = await next()) await warehouse.append('protecting_cells', rows)
    },
    removeCells,
  }
}

function releaseValues(row: ReleaseRow): readonly RowValue[] {
  return [
    row.release,
    new Date(row.publishedAt).toISOString().replace('T', ' ').replace('Z', ''),
    row.state,
    row.isProvisional ? 1 : 0,
    row.period.kind,
    row.period.key,
    row.threshold,
    row.cubes,
    row.cells,
    row.withheld,
    row.audit,
    row.content.rows,
    row.content.hash,
  ]
}
