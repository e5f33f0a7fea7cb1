import type { ReportingPeriod } from '@zuil/core'
import { type CompactRows, type Cube, compactValues, contentHash, INSERT_ROWS_MAX, type ReleaseCell } from '@zuil/warehouse'
import { asAttacked, asPublished } from '../audit/attacked-release.ts'
import { type AuditReport, auditRelease } from '../audit/audit-release.ts'
import type { AuditedRelease } from '../audit/audited-release.ts'
import { CellTable, coordinateOf } from './cell-table.ts'
import type { Regions } from './cube-relations.ts'
import { EarlierLevelReader, type EarlierRow, type EarlierRule } from './earlier-level.ts'
import { ImpossibleCells, type ImpossiblePlaces } from './impossible-cells.ts'
import { levelsOf } from './levels.ts'
import { type MadeRelease, makeRelease, protectingCells, publishedRows } from './make-release.ts'
import { LevelParts, type PeriodParts, type ShownInParts } from './parts-of-period.ts'
import { recordKeyOf } from './record-keys.ts'
import { lineOf, protectingValues, publishedValues } from './release-rows.ts'

/** What a release is made of; plain data, so that another thread can have it. */
export interface ReleaseOrder {
  readonly cubes: readonly Cube[]
  readonly period: ReportingPeriod
  readonly threshold: number
  /** Of the record keys. */
  readonly secret: Uint8Array
  /** What releases did before: the one of the period that is in force, those of periods that end with it, or the one that is audited. */
  readonly earlier: readonly EarlierRule[]
  /** Of periods that make up this one, see {@link partsOfPeriod}. */
  readonly parts: readonly PeriodParts[]
  /** Where nobody can be, by the reference tables. */
  readonly impossible: readonly ImpossiblePlaces[]
}

type CellPlace = Pick<ReleaseCell, 'place' | 'members'>

/** What became of a release, in numbers. */
export interface MadeFigures {
  readonly cells: number
  readonly withheld: number
  readonly rounds: number
  readonly primary: number
  readonly secondary: number
  readonly complements: number
  readonly kept: number
  /** How many figures can still be worked out. */
  readonly failures: number
}

/** Rows for one insert, and the sum of the hashes of their lines. */
export interface RowBatch {
  readonly rows: CompactRows
  readonly hash: bigint
}

/**
 * All that is done with the true numbers of a release: they are read here, protected and attacked, and leave as what may be
 * published. Takes seconds to minutes without a pause, so it has a thread of its own (release-thread.ts).
 */
export class ReleaseWork {
  readonly #order: ReleaseOrder
  readonly #attack: (release: AuditedRelease) => AuditReport
  readonly #table: CellTable
  #earlier: EarlierLevelReader | undefined
  /** Coordinates of cells of the level that was begun. */
  readonly #unsafe = new Set<string>()
  #impossible: ImpossibleCells | undefined
  #parts: readonly LevelParts[] = []
  #made: MadeRelease | undefined
  #published: Iterator<RowBatch> | undefined
  #protecting: Iterator<CompactRows> | undefined

  constructor(order: ReleaseOrder, attack = auditRelease) {
    this.#order = order
    this.#attack = attack
    this.#table = new CellTable({ isRevision: order.earlier.length > 0 })
  }

  /** Rows of the table `record_keys` for some holders. */
  recordKeys(first: number, count: number): CompactRows {
    const { secret } = this.#order
    return compactValues(Array.from({ length: count }, (_, index) => [first + index, recordKeyOf(secret, first + index)]))
  }

  /** Begins the n-th of {@link levelsOf}. */
  beginLevel(index: number): void {
    const { cubes, earlier, impossible, parts } = this.#order
    const level = levelsOf(cubes)[index]
    if (!level) throw new RangeError(`There is no level ${index}`)
    const rule = earlier.find((one) => one.cubes.includes(level.cube.id))
    const reader = rule && new EarlierLevelReader(level.cube, rule)
    this.#earlier = reader
    this.#unsafe.clear()
    this.#parts = parts.filter((one) => one.cubes.includes(level.cube.id)).map(({ releases }) => new LevelParts(releases.length))
    this.#impossible = new ImpossibleCells(level, impossible)
    this.#table.beginLevel(level, reader?.level())
  }

  /** Lines of what the n-th parts of the period that have the cube show of the level. */
  takeShownInParts(index: number, lines: string): void {
    for (const row of rowsOf<ShownInParts>(lines)) this.#parts[index]?.addShown(row)
  }

  /** Lines of cells of the level that the n-th parts withheld to protect others. */
  takeProtectingInParts(index: number, lines: string): void {
    for (const cell of rowsOf<CellPlace>(lines)) this.#parts[index]?.addProtecting(cell)
  }

  /** Lines of cells of the level that tell too much of one organizer. */
  takeUnsafe(lines: string): void {
    for (const cell of rowsOf<CellPlace>(lines)) this.#unsafe.add(coordinateOf(cell))
  }

  /** Lines of what the earlier release published of the level that was begun. */
  takeEarlier(lines: string): void {
    for (const row of rowsOf<EarlierRow>(lines)) this.#earlier?.addOpen(row)
  }

  /** Lines of cells of the level that protected others in the earlier release. */
  takeProtecting(lines: string): void {
    for (const row of rowsOf<CellPlace>(lines)) this.#earlier?.addProtecting(row)
  }

  /** Lines of the level's cells, after everything of the earlier release. */
  takeCells(lines: string): void {
    for (const row of rowsOf<ReleaseCell>(lines)) {
      this.#impossible?.meet(row)
      this.#table.add(this.#isUnsafe(row) ? { ...row, unsafe: 1 } : row)
    }
  }

  endLevel(): void {
    for (const cell of this.#impossible?.left() ?? []) this.#table.addImpossible(cell)
    this.#table.endLevel()
    this.#earlier = undefined
  }

  /** Withholds and rounds. */
  protect(regions: Regions): MadeFigures {
    const { period, threshold } = this.#order
    this.#made = makeRelease(this.#table, { period, regions, threshold })
    const { cells, withheld, audit } = this.#made
    return { cells, withheld, ...audit, failures: audit.failures.length }
  }

  /** Attacks what was made. */
  attack(): AuditReport {
    return this.#attack(asAttacked(this.#finished(), this.#order.threshold))
  }

  /** Attacks the earlier release as it stands, with the cells as they are now. */
  attackPublished(regions: Regions): AuditReport {
    const { period, threshold } = this.#order
    return this.#attack(asPublished(this.#table, { period, regions, threshold }))
  }

  /** Rows of the table `published_cells`, batch after batch. */
  nextPublished(release: number): RowBatch | undefined {
    this.#published ??= publishedBatches(this.#finished(), this.#order.period, release)
    return this.#published.next().value
  }

  /** Rows of the table `protecting_cells`, batch after batch. */
  nextProtecting(release: number): CompactRows | undefined {
    this.#protecting ??= protectingBatches(this.#finished(), release)
    return this.#protecting.next().value
  }

  #isUnsafe(row: ReleaseCell): boolean {
    if (this.#unsafe.size > 0 && this.#unsafe.has(coordinateOf(row))) return true
    return this.#parts.some((parts) => parts.isToldBy(row, this.#order.threshold))
  }

  #finished(): MadeRelease {
    if (!this.#made) throw new RangeError('No release was made yet')
    return this.#made
  }
}

function* publishedBatches(made: MadeRelease, period: ReportingPeriod, release: number): Generator<RowBatch, undefined> {
  for (const batch of batches(publishedRows(made))) {
    const rows = compactValues(batch.map((row) => publishedValues(release, period, row)))
    yield { rows, hash: contentHash(batch.map((row) => lineOf(row, period))) }
  }
}

function* protectingBatches(made: MadeRelease, release: number): Generator<CompactRows, undefined> {
  for (const batch of batches(protectingCells(made))) yield compactValues(batch.map((cell) => protectingValues(release, cell)))
}

function* batches<Row>(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let batch: Row[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length < INSERT_ROWS_MAX) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows as the statements select them, a JSON object a line. */
function* rowsOf<Row>(lines: string): Iterable<Row> {
  for (let start = 0; start < lines.length; ) {
    const lineEnd = lines.indexOf('\n', start)
    const end = lineEnd < 0 ? lines.length : lineEnd
    if (end > start) yield JSON.parse(lines.slice(start, end)) as Row
    start = end + 1
  }
}
