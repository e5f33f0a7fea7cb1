import type { CheckinDesk } from './checkins/checkin-desk.ts'
import type { VoidDesk } from './checkins/void-desk.ts'
import type { TransactionReader } from './hub/transaction-reader.ts'
import type { PassholderAccess } from './passes/passholder-access.ts'
import type { Authentication } from './plugins/authentication.ts'
import type { Backpressure } from './plugins/backpressure.ts'
import type { RedemptionDesk } from './rewards/redemption-desk.ts'
import type { Services } from './services.ts'

/** What every route file gets. */
export interface RouteContext {
  readonly services: Services
  readonly authentication: Authentication
  readonly backpressure: Backpressure
  readonly checkins: CheckinDesk
  readonly voids: VoidDesk
  readonly redemptions: RedemptionDesk
  readonly reader: TransactionReader
  readonly passholders: PassholderAccess
}
