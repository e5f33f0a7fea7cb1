import type { DecisionRules, Ledger, RateLimit } from '@zuil/core'
import type { NumberProblem } from './config.ts'
import type { IntakeCounter } from './counts/intake-counter.ts'
import type { RefusalCounter } from './counts/refusal-counter.ts'
import type { HubFinancialReports } from './hub/hub-financial-reports.ts'
import type { HubTransactions } from './hub/hub-transactions.ts'
import type { CounterReader } from './ledger/counter-reader.ts'
import type { JournalReader } from './ledger/journal-reader.ts'
import type { LedgerHealth } from './ledger/redis-ledger.ts'
import type { AccountBook } from './registry/account-book.ts'
import type { Registry } from './registry/registry.ts'
import type { RegistryStore } from './registry/registry-store.ts'
import type { Secrets } from './secrets.ts'
import type { TokenIssuer } from './tokens/token-issuer.ts'
import type { TokenVerifier } from './tokens/token-verifier.ts'

/** What the service works with. Built by main.ts, so that building the application opens nothing. */
export interface Services {
  /** Epoch ms. */
  readonly now: () => number
  readonly lanes: number
  /** How clients reach the API, without a slash at the end. */
  readonly publicUrl: string
  readonly registry: Registry
  readonly store: RegistryStore
  readonly accounts: AccountBook
  readonly ledger: Ledger & { readonly health: LedgerHealth }
  readonly journal: JournalReader
  readonly counters: CounterReader
  readonly refusals: Pick<RefusalCounter, 'count'>
  readonly intake: Pick<IntakeCounter, 'answered' | 'refused'>
  readonly secrets: Secrets
  readonly rules: DecisionRules
  /** How the problem of a number that is none is spelled where the official documents differ. */
  readonly numberProblem: NumberProblem
  readonly hub: HubTransactions
  readonly financialReports: HubFinancialReports
  readonly tokens: TokenVerifier
  /** Absent when tokens come from a foreign issuer. */
  readonly issuer?: TokenIssuer
  readonly limits: Limits
}

/** Bounds that an installation may want to move. */
export interface Limits {
  /** Requests of one kiosk. */
  readonly kiosk: RateLimit
  /** Self check-ins for one passholder. */
  readonly selfCheckin: RateLimit
  /** Requests to set up a kiosk, from one address. */
  readonly setup: RateLimit
  /** Requests for public data with nothing but the id of a client. */
  readonly identified: RateLimit
  /** Attempts to sign in to one account. */
  readonly signInOfAccount: RateLimit
  /** Sign-ins begun, and attempts to sign in, from one address; a proxy in front is one address. */
  readonly signInFromAddress: RateLimit
  /** Above these new work is refused until the loader catches up. */
  readonly live: Watermarks
  /** And what can wait, a batch of a device that was offline, above these. */
  readonly imports: Watermarks
}

/** How far the journal may run ahead of the warehouse; see JournalLoad. */
export interface Watermarks {
  readonly records: number
  readonly bytes: number
  readonly oldestMs: number
  readonly memory: number
}

export const DEFAULT_LIMITS: Limits = {
  // Nobody holds cards faster than a few times a second; a family at a pillar comes close to one.
  kiosk: { burst: 60, perSecond: 20 },
  // Somebody scans a code a few times when the light is bad; a code has 7 letters, so guessing one takes ages.
  selfCheckin: { burst: 20, perSecond: 1 },
  // A code is typed by hand; guessing codes must be hopeless.
  setup: { burst: 10, perSecond: 0.2 },
  // A page looks up a group pass now and then; whoever tries numbers needs years.
  identified: { burst: 20, perSecond: 1 },
  // Somebody mistypes a few times; who guesses gets two guesses a minute.
  signInOfAccount: { burst: 5, perSecond: 1 / 30 },
  // A class that signs in at the same moment; 600 sign-ins of a minute ago and before are a megabyte of Redis.
  signInFromAddress: { burst: 60, perSecond: 1 },
  // About an hour at 1,400 check-ins a second; some 2 GB of Redis. A warehouse may be away for days: check-ins end with the room for them, not
  // with their age. What a commit writes is small beside the last twentieth of Redis, which keeps counters and registry changes going.
  live: { records: 5_000_000, bytes: 2_000_000_000, oldestMs: Number.POSITIVE_INFINITY, memory: 0.95 },
  // Half of that: the rest is for people who stand at a door. Where nothing was loaded for a quarter of an hour, somebody has to look first.
  imports: { records: 2_500_000, bytes: 1_000_000_000, oldestMs: 15 * 60_000, memory: 0.8 },
}
