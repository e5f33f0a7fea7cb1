export { type AppOptions, buildApp } from './app.ts'
export { type CheckinAnswer, encodeAnswer } from './checkins/answer.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export { type IntakeCounts, readIntakeCounts } from './counts/intake-reader.ts'
export { RefusalCounter, type RefusalCounterOptions } from './counts/refusal-counter.ts'
export { removeKeys } from './key-removal.ts'
export type { JournalLoad } from './ledger/journal-load.ts'
export { JournalReader, type JournalReaderOptions } from './ledger/journal-reader.ts'
export { LEDGER_ERROR_CODES, LedgerError, type LedgerErrorCode } from './ledger/ledger-error.ts'
export {
  type LaneEnd,
  type LedgerRebuildOptions,
  type LedgerSource,
  type RestoredCounter,
  type RestoredRequest,
  rebuildLedger,
} from './ledger/ledger-rebuild.ts'
export { type LedgerHealth, RedisLedger, type RedisLedgerOptions } from './ledger/redis-ledger.ts'
export { type OpenedServices, openServices, type RunningIngest, startIngest } from './main.ts'
export { RebuildError } from './rebuild-error.ts'
export { type Account, AccountBook } from './registry/account-book.ts'
export { AccountRoles } from './registry/account-roles.ts'
export { readClientNames } from './registry/client-names.ts'
export { type DataToken, DataTokenBook } from './registry/data-token-book.ts'
export type { PutProblem } from './registry/kind-put.ts'
export { type Pass, type RegisteredIdentity, Registry, type RegistryOptions } from './registry/registry.ts'
export { type NumberedName, RegistryAdoption } from './registry/registry-adoption.ts'
export { type RegistryRebuildOptions, readRegistryLog, rebuildRegistry } from './registry/registry-rebuild.ts'
export {
  PUT_ITEMS_MAX,
  type PutResult,
  RegistryStore,
  type RegistryStoreOptions,
} from './registry/registry-store.ts'
export { encodeRedemptionAnswer, type RedemptionAnswer } from './rewards/redemption-answer.ts'
export { encodeSalesAnswer, type SalesAnswer } from './sales/sales-answer.ts'
export { installationSecret, isSameSecret, SECRET_FILE, SecretError, Secrets } from './secrets.ts'
export { DEFAULT_LIMITS, type Limits, type Services, type Watermarks } from './services.ts'
export { DASHBOARD_CLIENT } from './tokens/dashboard-client.ts'
export { issuerKeys, KeysUnavailable } from './tokens/issuer-keys.ts'
export { AUDIENCE, type Issuer, issuerOf } from './tokens/token-services.ts'
export { createTokenVerifier, type TokenVerifier } from './tokens/token-verifier.ts'
