export { grantReaderAccess, publishedOnly, READER_ROLE, READER_TABLES, readerAccess } from './access/reader-access.ts'
export { type CompactRows, compactValues } from './compact-row.ts'
export { contentHash } from './content.ts'
export {
  LOCAL_ERRORS,
  type LocalErrorCode,
  POISON_CODES,
  RETRY_CODES,
  WarehouseError,
  type WarehouseErrorKind,
} from './errors.ts'
export { type BenchmarkRow, benchmarkOf, storeMissingBenchmarks } from './figures/benchmark/benchmark.ts'
export {
  type CellRequest,
  cellsOfFewOrganizers,
  type ExactCell,
  exactCells,
  type ReleaseCell,
  releaseCells,
  shareMaxOf,
} from './figures/cell-statements.ts'
export {
  type Column,
  type ColumnUnit,
  CUBE_IDS,
  type Cube,
  type CubeDimension,
  type CubeId,
  type CubeLink,
  type Impossible,
  PLACE_KINDS,
  type PlaceKind,
} from './figures/cube.ts'
export { CUBES, isCubeId } from './figures/cubes/cubes.ts'
export { DIMENSION_IDS, DIMENSIONS, type Dimension, type DimensionId, SECTORS, type Sector } from './figures/dimensions.ts'
export { buildFacts, type FactsReport, RETURNING_MONTHS } from './figures/facts/build-facts.ts'
export { loadReferences } from './figures/facts/references.ts'
export { type FigurePlace, parsePlace, placeKindOf, placeText } from './figures/place.ts'
export {
  CELLS_MAX,
  type CellStatus,
  type CellsQuery,
  type PlaceCells,
  type PublishedCell,
  placeCells,
  publishedCells,
  publishedReleases,
  type Release,
  type ReleasedPlace,
  validRelease,
} from './figures/published-cells.ts'
export { type AttackNumber, RELEASE_ATTACKS, type ReleaseAudit, releaseAudit } from './figures/release-audit.ts'
export { SOURCES, type Source, type SourceId } from './figures/sources.ts'
export type { Statement } from './figures/statement.ts'
export { CATALOGUE, measureOf } from './measures/catalogue.ts'
export { isQueryPart, partsOf } from './measures/cell-set.ts'
export { CLEAR_ERRORS, type Estimate } from './measures/estimate.ts'
export { evaluate, figuresFor } from './measures/evaluation.ts'
export { exactMeasure } from './measures/exact-measure.ts'
export type { Crossing, Figure, Measure, MeasureId, Part, Perspective, Share, Unit, Where } from './measures/measure.ts'
export { QUERY_DIMENSIONS } from './measures/query.ts'
export type { CellQuestion, FigureRow, MeasureCells, MeasureQuestion, ReferenceCell } from './measures/question.ts'
export { referenceCells } from './measures/reference-cells.ts'
export { joinNativeRows, NativeBlock, type NativeRows } from './native-rows.ts'
export { openWarehouse, type WarehouseLocation } from './open-warehouse.ts'
export { BALANCE_HOLDERS_MAX, type Balance, balances, balancesOf } from './queries/balances.ts'
export { eventTitles, TITLE_EVENTS_MAX } from './queries/event-titles.ts'
export { HEARD_DAYS, type InstalledKiosk, installedKiosks } from './queries/installed-kiosks.ts'
export { type LastLoaded, lastLoaded } from './queries/last-loaded.ts'
export { type LimitCount, limitCounts, type VoidedTransaction, voidedTransactions } from './queries/limit-counts.ts'
export { memberTitles, type TitledDimension } from './queries/member-titles.ts'
export { type NowFigures, nowFigures } from './queries/now-figures.ts'
export {
  type DayLoad,
  OPERATIONS_DAYS,
  type OperationsFigures,
  operationsFigures,
  type ReleaseRecord,
  type SilentKiosk,
} from './queries/operations.ts'
export { type NamedPlaces, placesNow } from './queries/places.ts'
export { type JoiningDay, type RegionMember, regionMembers } from './queries/region-members.ts'
export {
  type DayWindow,
  type StoredTransaction,
  transactionById,
  transactionsWithRequest,
} from './queries/stored-transaction.ts'
export {
  PAGE_ROWS_MAX,
  PAGE_START_MAX,
  PAGE_TERMS_MAX,
  type PageRange,
  type Places,
  type TransactionFilter,
  type TransactionPage,
  transactionPage,
} from './queries/transaction-pages.ts'
export { type OrganizerSale, type OrganizerSalesQuestion, organizerSales } from './settlement/organizer-sales.ts'
export {
  type ClosingPlace,
  type ClosingRow,
  closedEntries,
  copiedClosings,
  copiedContent,
  copyClosing,
  entriesContent,
} from './settlement/settlement-copy.ts'
export {
  agreementTerms,
  municipalitySuccessors,
  type SettlementNames,
  settlementMembers,
  settlementNames,
  settlementRegions,
} from './settlement/settlement-places.ts'
export {
  type MonthOfTickets,
  missingTickets,
  openTickets,
  type SettlementDays,
  ticketsByMonth,
  type VoidedTicket,
  voidedTickets,
} from './settlement/settlement-tickets.ts'
export { columnNames, isTableName, TABLE_NAMES, TABLES, type TableName } from './tables.ts'
export { LANGUAGES, type Language, type Texts } from './texts.ts'
export {
  type Content,
  type DamagedPart,
  INSERT_ROWS_MAX,
  type MigrationReport,
  type Parameters,
  type ParameterValue,
  type Place,
  READS_AT_ONCE,
  READS_WAITING_MAX,
  type RowValue,
  type Span,
  type TableStorage,
  type Warehouse,
} from './warehouse.ts'
