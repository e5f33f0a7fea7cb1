import type { CubeId, DimensionId } from '@zuil/warehouse'

/** The same question twice: as the catalogue asks it, and as the shortest SQL for the same rows that we know how to write. */
export interface HandWritten {
  readonly name: string
  readonly cube: CubeId
  readonly dimensions: readonly DimensionId[]
  readonly columns: readonly string[]
  /** `false`: nobody is counted. */
  readonly people?: boolean
  readonly place: 'ONE' | 'ALL'
  readonly sql: string
}

const YEAR = "period_kind = 'YEAR' AND period = '2025'"
const DAYS = "day BETWEEN '2025-01-01' AND '2025-12-31'"

/** `{nis:UInt32}` is the municipality of the question. */
export const HAND_WRITTEN: readonly HandWritten[] = [
  {
    name: 'holders by tariff and age, one municipality',
    cube: 'holders',
    dimensions: ['tariff', 'age'],
    columns: [],
    place: 'ONE',
    sql: `SELECT kt_at_end, age_band, count() FROM holder_periods WHERE ${YEAR} AND home_nis = {nis:UInt32} AND valid_at_end GROUP BY kt_at_end, age_band`,
  },
  {
    name: 'participation by tariff and activity, all',
    cube: 'participation',
    dimensions: ['tariff', 'activity'],
    columns: [],
    place: 'ALL',
    sql: `SELECT kt, participations > 0 AS active, count() FROM holder_periods WHERE ${YEAR} AND valid_days >= 90 GROUP BY kt, active`,
  },
  {
    name: 'frequency, all',
    cube: 'frequency',
    dimensions: ['tariff'],
    columns: ['participations'],
    place: 'ALL',
    sql: `SELECT kt, count(), sum(participations) FROM holder_periods WHERE ${YEAR} AND participations > 0 GROUP BY kt`,
  },
  {
    name: 'sectors by tariff, one municipality',
    cube: 'sectors',
    dimensions: ['tariff', 'sector'],
    columns: ['participations'],
    place: 'ONE',
    sql: `SELECT tariff, sector, uniqExact(holder), count() FROM participations WHERE ${DAYS} AND home_nis = {nis:UInt32} AND evidence != 'TICKET' GROUP BY tariff, sector`,
  },
  {
    name: 'sectors by tariff, all',
    cube: 'sectors',
    dimensions: ['tariff', 'sector'],
    columns: ['participations'],
    place: 'ALL',
    sql: `SELECT tariff, sector, uniqExact(holder), count() FROM participations WHERE ${DAYS} AND evidence != 'TICKET' GROUP BY tariff, sector`,
  },
  {
    name: 'destinations, all',
    cube: 'destinations',
    dimensions: ['destination'],
    columns: ['participations'],
    place: 'ALL',
    sql: `SELECT venue_nis, uniqExact(holder), count() FROM participations WHERE ${DAYS} AND evidence != 'TICKET' GROUP BY venue_nis`,
  },
  {
    name: 'participations by destination, all',
    cube: 'destinations',
    dimensions: ['destination'],
    columns: ['participations'],
    people: false,
    place: 'ALL',
    sql: `SELECT venue_nis, count() FROM participations WHERE toStartOfMonth(day) BETWEEN '2025-01-01' AND '2025-12-01' AND evidence != 'TICKET' GROUP BY venue_nis`,
  },
  {
    name: 'destinations by tariff, one municipality',
    cube: 'destinations',
    dimensions: ['tariff', 'destination'],
    columns: ['participations'],
    place: 'ONE',
    sql: `SELECT tariff, venue_nis, uniqExact(holder), count() FROM participations WHERE ${DAYS} AND home_nis = {nis:UInt32} AND evidence != 'TICKET' GROUP BY tariff, venue_nis`,
  },
  {
    name: 'states by tariff, all',
    cube: 'states',
    dimensions: ['tariff', 'state'],
    columns: [],
    place: 'ALL',
    sql: `SELECT kt, state, count() FROM holder_periods WHERE ${YEAR} AND (valid_days > 0 OR participations > 0) GROUP BY kt, state`,
  },
  {
    name: 'tickets and who pays, one municipality',
    cube: 'tickets',
    dimensions: [],
    columns: ['tickets', 'local-government-cents', 'regular-cents'],
    place: 'ONE',
    sql: `SELECT uniqExact(holder), count(), sum(local_government_share), sum(regular_price) FROM social_tariff_tickets WHERE ${DAYS} AND home_nis = {nis:UInt32} AND NOT is_group`,
  },
  {
    name: 'tickets and who pays, all',
    cube: 'tickets',
    dimensions: [],
    columns: ['tickets', 'local-government-cents', 'regular-cents'],
    place: 'ALL',
    sql: `SELECT uniqExact(holder), count(), sum(local_government_share), sum(regular_price) FROM social_tariff_tickets WHERE ${DAYS} AND NOT is_group`,
  },
  {
    name: 'rewards for points, all',
    cube: 'rewards',
    dimensions: ['reward'],
    columns: ['redemptions', 'points'],
    place: 'ALL',
    sql: `SELECT reward, uniqExact(holder), count(), sum(points) FROM redemptions WHERE ${DAYS} AND reward NOT IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME') GROUP BY reward`,
  },
  {
    name: 'flows of points, all',
    cube: 'point-flows',
    dimensions: ['origin', 'destination'],
    columns: ['points'],
    place: 'ALL',
    sql: `SELECT earned_nis, redeemed_nis, uniqExact(holder), sum(points) FROM point_flows WHERE ${DAYS} GROUP BY earned_nis, redeemed_nis`,
  },
]

/** Participations of a year straight from the transactions: what a rollup saves. */
export const WITHOUT_FACTS = {
  ONE: `SELECT uniqExact(holder), count() FROM (
    SELECT holder, event_number, occurred_on FROM transactions FINAL
    WHERE occurred_on BETWEEN '2025-01-01' AND '2025-12-31' AND home_nis = {nis:UInt32} AND kind = 'CHECKIN' AND programme = 'uitpas' AND empty(flags)
    GROUP BY holder, event_number, occurred_on
)`,
  ALL: `SELECT uniqExact(holder), count() FROM (
    SELECT holder, event_number, occurred_on FROM transactions FINAL
    WHERE occurred_on BETWEEN '2025-01-01' AND '2025-12-31' AND kind = 'CHECKIN' AND programme = 'uitpas' AND empty(flags)
    GROUP BY holder, event_number, occurred_on
)`,
} as const
