import Type, { type Static } from 'typebox'

const Day = Type.String({ format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** Days in Brussels, both included. */
export const ReportPeriodBody = Type.Object({ startDate: Day, endDate: Day }, { title: 'ReportPeriod' })
export type ReportPeriodBody = Static<typeof ReportPeriodBody>

export const ReportPeriodsBody = Type.Array(ReportPeriodBody)

/** A financial report of an organizer. `message` only when it failed: why, for people, in Dutch. */
export const ReportBody = Type.Object(
  {
    status: Type.Enum(['STARTED', 'AVAILABLE', 'FAILED']),
    id: Type.Integer(),
    creationDate: Type.String({ format: 'date-time' }),
    period: Type.Optional(ReportPeriodBody),
    message: Type.Optional(Type.String()),
  },
  { title: 'Report' },
)
export type ReportBody = Static<typeof ReportBody>

export const ReportsBody = Type.Array(ReportBody)

/** `/organizers/{organizerId}/financial-reports`. */
export const ReportsPath = Type.Object({ organizerId: Type.String({ minLength: 1, maxLength: 100 }) })
export type ReportsPath = Static<typeof ReportsPath>

/** `/organizers/{organizerId}/financial-reports/{reportId}`. */
export const ReportPath = Type.Object({ ...ReportsPath.properties, reportId: Type.String({ pattern: '^[0-9]{1,15}$' }) })
export type ReportPath = Static<typeof ReportPath>

/** A signed link has both, and needs no token. */
export const ReportDownloadQuery = Type.Object({
  until: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  signature: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
})
export type ReportDownloadQuery = Static<typeof ReportDownloadQuery>
