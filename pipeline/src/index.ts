export { type Archive, openArchive } from './archive/archive.ts'
export { type ArchiveEnd, archiveEnds } from './archive/archive-end.ts'
export type { AuditReport } from './audit/audit-release.ts'
export type { Recovered } from './audit/audited-release.ts'
export { ConfigError, type PipelineConfig, readConfig } from './config.ts'
export { type DeadLetter, type DeadLetterCounts, type DeadLetters, openDeadLetters } from './dead-letters/dead-letters.ts'
export { type ReplayDependencies, type ReplayResult, replayDeadLetters } from './dead-letters/replay-dead-letters.ts'
export { type PipelineDependencies, pipelineFolders } from './dependencies.ts'
export { FAULT_POINTS, type Fault, type FaultPoint, noFault } from './fault.ts'
export { createRangeImport, ImportMismatchError } from './import/range-import.ts'
export { JOBS, QUEUE_PREFIX, QUEUES } from './jobs/job-contract.ts'
export { type Log, silentLog } from './log.ts'
export { startPipeline } from './pipeline.ts'
export { DRAIN_TIMEOUT_MS, type Pipeline, type StopOptions } from './pipeline-interface.ts'
export {
  createPublisher,
  PUBLISH_STEPS,
  type Publisher,
  type PublisherDependencies,
  PublisherStopped,
  type PublishOptions,
  type PublishOutcome,
  PublishRefusal,
  type PublishStep,
} from './publish/publisher.ts'
export {
  type RebuildDependencies,
  type RebuildProgress,
  type RebuildResult,
  rebuildWarehouse,
} from './rebuild/rebuild-warehouse.ts'
export { type Finding, RECONCILE_CHECKS, type ReconcileCheck } from './reconcile/finding.ts'
export { type ReconcileDependencies, type ReconcileReport, reconcile } from './reconcile/reconcile.ts'
export { type Connect, type ConnectionRole, redisConnector } from './redis/connections.ts'
export { createRegistryLog, type RegistryLog } from './registry-log/registry-log.ts'
export { type SettlementAccess, SettlementAccessLog } from './settlement/access-log.ts'
export { type ClosedDocument, ClosingRecordError } from './settlement/closing-record.ts'
export { type CloseOrder, SettlementDesk, type SettlementDeskDependencies } from './settlement/settlement-desk.ts'
export { SettlementRefusal } from './settlement/settlement-refusal.ts'
export type { LaneStatus, PipelineStatus } from './status.ts'
