import Type, { type Static } from 'typebox'

/** Card systems of one question; all of Flanders has fewer. */
const CARD_SYSTEMS_MAX = 1_000

/** Whose sales a client may have: of an organizer, at events of these card systems; without any, of all. */
export const ReportReach = Type.Object({
  /** Canonical (lower case) id. */
  organizer: Type.String({ minLength: 1, maxLength: 100 }),
  cardSystems: Type.Array(Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }), { maxItems: CARD_SYSTEMS_MAX }),
})
export type ReportReach = Static<typeof ReportReach>

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** `POST /internal/financial-reports`: ingest has the hub make one. Days in Brussels, both included. */
export const ReportOrder = Type.Object({
  reach: ReportReach,
  /** Id of the API client that asks. */
  client: Type.String({ minLength: 1, maxLength: 200 }),
  firstDay: Day,
  lastDay: Day,
})
export type ReportOrder = Static<typeof ReportOrder>

/** `POST /internal/financial-reports/list`. */
export const ReportsQuestion = Type.Object({ reach: ReportReach })
export type ReportsQuestion = Static<typeof ReportsQuestion>

/** `POST /internal/financial-reports/file`. */
export const ReportFileQuestion = Type.Object({
  reach: ReportReach,
  id: Type.Integer({ minimum: 0 }),
  /** Id of the API client that downloads; empty for who has a signed link. */
  client: Type.String({ maxLength: 200 }),
})
export type ReportFileQuestion = Static<typeof ReportFileQuestion>

/** How a report stands. */
export interface FinancialReport {
  readonly id: number
  readonly status: 'STARTED' | 'AVAILABLE' | 'FAILED'
  /** Why it failed, for people, in Dutch; empty otherwise. */
  readonly message: string
  readonly firstDay: string
  readonly lastDay: string
  /** Epoch ms at which it was asked for. */
  readonly createdAt: number
}
