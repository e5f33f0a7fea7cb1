export { FileAccessLog } from './access-log/file-access-log.ts'
export type { AccountSource } from './accounts/account-source.ts'
export { keptBoundaries } from './boundaries/boundary-book.ts'
export { BOUNDARY_FILE_BYTES_MAX, BoundaryFileError, readBoundaryFile } from './boundaries/boundary-file.ts'
export { type BoundaryMunicipality, boundariesOf } from './boundaries/municipality-boundaries.ts'
export { writtenIn } from './data-api/answer.ts'
export { FinancialReportDesk, type FinancialReportFile } from './financial-report/financial-report-desk.ts'
export type { FormatName } from './formats/formats.ts'
export {
  DashboardNotBuiltError,
  type DashboardOptions,
  type MountedDashboard,
  mountDashboard,
  STREAM_READERS_MAX,
} from './mount.ts'
export type {
  ChannelCount,
  MinuteCount,
  NowFigures,
  NowSource,
  NowTotals,
  PipelineStatus,
  RefusalCount,
  VenueCount,
} from './now/now-source.ts'
export type { IntakeFacts, OperationsSource, PipelineFacts, QueueFacts } from './operations/operations-source.ts'
export { PaperError, PaperPress } from './paper/paper-press.ts'
export { FileReportShelf } from './report/file-report-shelf.ts'
export { chaptersIn, isReportFormat, type ReportFormat } from './report/report-desk.ts'
export { type Credentials, CredentialsUnavailableError, type TokenOwner } from './scope/authentication.ts'
export { settlementPapers } from './settlement/settlement-bundle.ts'
export { settlementPaper } from './settlement/settlement-paper.ts'
export type { SettlementSource } from './settlement/settlement-reader.ts'
export { settlementTables } from './settlement/settlement-tables.ts'
export { settlementWordsOf } from './settlement/settlement-words.ts'
export type { SignInSettings } from './sign-in/sign-in-routes.ts'
