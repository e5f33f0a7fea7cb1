import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { CheckinDesk } from './checkins/checkin-desk.ts'
import { VoidDesk } from './checkins/void-desk.ts'
import type { LogLevel } from './config.ts'
import { LastReceipts } from './hub/last-receipts.ts'
import { TransactionReader } from './hub/transaction-reader.ts'
import { PassholderAccess } from './passes/passholder-access.ts'
import { timeAnswers } from './plugins/answer-times.ts'
import { authentication } from './plugins/authentication.ts'
import { backpressure } from './plugins/backpressure.ts'
import { answerClientError } from './plugins/client-errors.ts'
import { requireJsonAccepted } from './plugins/content-negotiation.ts'
import { allowEveryOrigin } from './plugins/cross-origin.ts'
import { documentation } from './plugins/documentation.ts'
import { answerOtherMethods } from './plugins/other-methods.ts'
import { answerErrors } from './plugins/problems.ts'
import { countAnswers, REQUEST_SERIALIZERS } from './plugins/request-log.ts'
import { refuseWhileStopping } from './plugins/stopping.ts'
import { RedemptionDesk } from './rewards/redemption-desk.ts'
import type { RouteContext } from './route-context.ts'
import { batchRoutes } from './routes/batches.ts'
import { cardSystemSettingsRoutes } from './routes/card-systems/city-settings.ts'
import { cardSystemRoutes } from './routes/card-systems/index.ts'
import { cardRoutes } from './routes/cards/index.ts'
import { checkinStatusRoutes } from './routes/checkin-status.ts'
import { checkinIdRoutes } from './routes/checkins/checkin-id.ts'
import { checkinRoutes } from './routes/checkins/index.ts'
import { checkinListRoutes } from './routes/checkins/list.ts'
import { chipNumberRoutes } from './routes/chip-numbers/index.ts'
import { eventCardSystemRoutes } from './routes/events/card-systems.ts'
import { qrCheckincodeRoutes } from './routes/events/qr-checkincodes.ts'
import { eventSettingsRoutes } from './routes/events/settings.ts'
import { grouppassRoutes } from './routes/grouppasses/index.ts'
import { healthRoutes } from './routes/health.ts'
import { inszNumberRoutes } from './routes/insz-numbers/index.ts'
import { kioskCheckinRoutes } from './routes/kiosk-devices/checkins.ts'
import { kioskChipNumberRoutes } from './routes/kiosk-devices/chip-numbers.ts'
import { kioskEventRoutes } from './routes/kiosk-devices/events.ts'
import { kioskDeviceRoutes } from './routes/kiosk-devices/index.ts'
import { kioskSetupRoutes } from './routes/kiosk-devices/setup.ts'
import { kioskFixedEventRoutes } from './routes/kiosks/fixed-event.ts'
import { kioskRoutes } from './routes/kiosks/index.ts'
import { notImplementedRoutes } from './routes/not-implemented.ts'
import { financialReportRoutes } from './routes/organizers/financial-reports.ts'
import { organizerRoutes } from './routes/organizers/index.ts'
import { passRoutes } from './routes/passes.ts'
import { couponRoutes } from './routes/passholders/coupons.ts'
import { familyMemberRoutes } from './routes/passholders/family-members.ts'
import { myPassholderRoutes } from './routes/passholders/me.ts'
import { membershipRoutes } from './routes/passholders/memberships.ts'
import { passholderIdRoutes } from './routes/passholders/passholder-id.ts'
import { selfCheckinRoutes } from './routes/passholders/self-checkins.ts'
import { passholderTransactionRoutes } from './routes/passholders/transactions.ts'
import { permissionRoutes } from './routes/permissions.ts'
import { realmRoutes } from './routes/realms/uitid/index.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { registryRoutes } from './routes/registry.ts'
import { rewardCreationRoutes } from './routes/rewards/creation.ts'
import { rewardRoutes } from './routes/rewards/index.ts'
import { redeemStatusRoutes } from './routes/rewards/redeem-status.ts'
import { redeemedRewardRoutes } from './routes/rewards/redeemed.ts'
import { redeemedRewardIdRoutes } from './routes/rewards/redeemed-id.ts'
import { redeemedRewardListRoutes } from './routes/rewards/redeemed-list.ts'
import { rewardIdRoutes } from './routes/rewards/reward-id.ts'
import { tariffRoutes } from './routes/tariffs/index.ts'
import { ticketSaleRoutes } from './routes/ticket-sales/index.ts'
import { ticketSaleListRoutes } from './routes/ticket-sales/list.ts'
import { ticketSaleIdRoutes } from './routes/ticket-sales/ticket-sale-id.ts'
import type { Services } from './services.ts'

/** A check-in takes 100 bytes; clients that send back whole answers stay below a few kilobytes. */
export const BODY_BYTES_MAX = 64 * 1024
/** Headers and body of a request have to be here by then, however slowly they come. */
const REQUEST_TIMEOUT_MS = 10_000
const HEADERS_TIMEOUT_MS = 3_000
/** How often Node looks for requests that are over their time. */
const CONNECTIONS_CHECK_MS = 1_000
/** Above the idle time of the usual proxies in front (60 s), so that it is they who close. */
const KEEP_ALIVE_MS = 72_000
/** A connection is renewed from time to time, so that several processes share the clients evenly. */
const REQUESTS_PER_SOCKET_MAX = 1_000
const HEADER_BYTES_MAX = 16 * 1024
/** Ids and numbers in paths are at most 41 characters long. */
const PATH_PARAMETER_LENGTH_MAX = 128

export interface AppOptions {
  readonly services: Services
  readonly logLevel: LogLevel
  /** Default: standard output. */
  readonly logStream?: NodeJS.WritableStream
}

/** Builds the service. Nothing listens and nothing is connected yet. */
export async function buildApp({ services, logLevel, logStream }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: logLevel, serializers: REQUEST_SERIALIZERS, ...(logStream && { stream: logStream }) },
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for every request costs more than reading its body, and the log says nothing of single requests.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET_MAX,
    // refuseWhileStopping answers then.
    return503OnClosing: false,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    // Ajv's conversions would turn null into 0 and a long number into another card (docs/decisions).
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
    clientErrorHandler: answerClientError,
  })
  app.removeContentTypeParser('text/plain')
  const receipts = new LastReceipts()
  app.decorate('lastReceipts', receipts)
  answerErrors(app)
  const otherMethods = answerOtherMethods(app)
  const pressure = backpressure(services, (error) => app.log.warn({ err: error }, 'the backlog could not be read'))
  app.addHook('onReady', (done) => {
    pressure.start()
    done()
  })
  app.addHook('onClose', (_app, done) => {
    pressure.stop()
    done()
  })
  if (app.log.level !== 'silent') countAnswers(app, app.log)
  timeAnswers(app, services.intake)

  allowEveryOrigin(app)
  refuseWhileStopping(app)
  await documentation(app)
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireJsonAccepted)
    addRoutes(scope, {
      services,
      authentication: authentication(scope, services),
      backpressure: pressure,
      checkins: new CheckinDesk(services),
      voids: new VoidDesk(services),
      redemptions: new RedemptionDesk(services),
      reader: new TransactionReader({ services, receipts }),
      passholders: new PassholderAccess(services),
    })
  })
  otherMethods.seal()
  return app
}

/** Every route of the API, one line for each file below `routes/`. */
function addRoutes(app: FastifyInstance, context: RouteContext): void {
  checkinRoutes(app, context)
  checkinIdRoutes(app, context)
  checkinListRoutes(app, context)
  checkinStatusRoutes(app, context)
  kioskDeviceRoutes(app, context)
  kioskSetupRoutes(app, context)
  kioskEventRoutes(app, context)
  kioskCheckinRoutes(app, context)
  kioskChipNumberRoutes(app, context)
  passRoutes(app, context)
  selfCheckinRoutes(app, context)
  qrCheckincodeRoutes(app, context)
  tariffRoutes(app, context)
  ticketSaleRoutes(app, context)
  ticketSaleIdRoutes(app, context)
  ticketSaleListRoutes(app, context)
  passholderTransactionRoutes(app, context)
  passholderIdRoutes(app, context)
  myPassholderRoutes(app, context)
  familyMemberRoutes(app, context)
  membershipRoutes(app, context)
  couponRoutes(app, context)
  grouppassRoutes(app, context)
  cardRoutes(app, context)
  chipNumberRoutes(app, context)
  inszNumberRoutes(app, context)
  rewardRoutes(app, context)
  rewardCreationRoutes(app, context)
  redeemedRewardRoutes(app, context)
  redeemedRewardIdRoutes(app, context)
  redeemedRewardListRoutes(app, context)
  rewardIdRoutes(app, context)
  redeemStatusRoutes(app, context)
  permissionRoutes(app, context)
  eventSettingsRoutes(app, context)
  eventCardSystemRoutes(app, context)
  cardSystemRoutes(app, context)
  cardSystemSettingsRoutes(app, context)
  organizerRoutes(app, context)
  financialReportRoutes(app, context)
  kioskRoutes(app, context)
  kioskFixedEventRoutes(app, context)
  receiptRoutes(app, context)
  batchRoutes(app, context)
  registryRoutes(app, context)
  realmRoutes(app, context)
  healthRoutes(app, context)
  notImplementedRoutes(app, context)
}
