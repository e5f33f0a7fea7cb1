import { AGE_BANDS } from '@zuil/core'
import { SECTORS } from '../dimensions.ts'
import { MERGED_SQL, municipalityNow } from './participations.ts'

const BRUSSELS = 'Europe/Brussels'
/** Last day there is. */
const LAST_DATE = "toDate('2149-06-06')"
/** Days that a holder has to renew a social tariff, or to use a welcome reward. */
const GRACE_DAYS = 90
const IN_PERIOD = 'day BETWEEN {firstDay:Date} AND {lastDay:Date}'

/** The bit of a row's sector. */
export const SECTOR_BIT = `toUInt8(bitShiftLeft(1, indexOf([${SECTORS.map((sector) => `'${sector}'`).join(', ')}], sector) - 1))`

/**
 * What the registry said of each person, day by day: a row holds from its own Brussels day to the day before the next row's, so that
 * the last row of a day is the state of that day. `until` of a tariff is its last day; one without end has the last day there is.
 */
const REGISTRY_SQL = `SELECT
        holder,
        countIf(from_day <= {lastDay:Date}) > 0 AS is_known,
        if(is_known, argMaxIf(row, place, from_day <= {lastDay:Date}), argMin(row, place)) AS last_row,
        sum(if(is_valid, greatest(0, least(to_day, {lastDay:Date}) - greatest(from_day, {firstDay:Date}) + 1), 0)) AS valid_days,
        max(is_valid AND {lastDay:Date} BETWEEN from_day AND to_day) AS valid_at_end,
        minIf(from_day, is_valid AND from_day <= to_day) AS first_valid_day,
        max(has_tariff AND from_day <= to_day AND from_day <= {lastDay:Date} AND to_day >= {firstDay:Date}) AS kt,
        max(has_tariff AND {lastDay:Date} BETWEEN from_day AND to_day) AS kt_at_end,
        max(ended_on) AS last_ended_on,
        arrayExists(
            term -> term.1 <= last_ended_on + ${GRACE_DAYS} AND term.2 > last_ended_on AND term.3 > last_ended_on,
            groupArrayIf((from_day, to_day, active_until), active_until > toDate(0) AND from_day <= to_day)
        ) AS is_renewed
    FROM (
        SELECT
            *,
            (home_nis, home_postal_code, birth_year) AS row,
            (recorded_at, sequence) AS place,
            arrayMap((system, status, tariff) -> status = 'ACTIVE' AND NOT has(others, system) AND tariff = 'ACTIVE', membership_card_systems, membership_statuses, social_tariffs) AS actives,
            arrayMap(at -> if(at = toDateTime64(0, 3, 'UTC'), ${LAST_DATE}, toDate(at, '${BRUSSELS}')), social_tariff_ends) AS ends,
            arrayExists((system, status) -> status = 'ACTIVE' AND NOT has(others, system), membership_card_systems, membership_statuses) AS is_valid,
            arrayExists((system, status, tariff) -> status = 'ACTIVE' AND NOT has(others, system) AND tariff IN ('ACTIVE', 'GRACE'), membership_card_systems, membership_statuses, social_tariffs) AS has_tariff,
            arrayMax(arrayMap((active, until) -> if(active, until, toDate(0)), actives, ends)) AS active_until,
            arrayMax(arrayMap((active, until, at) -> if(active AND until BETWEEN {firstDay:Date} AND {lastDay:Date} AND recorded_at < at, until, toDate(0)), actives, ends, social_tariff_ends)) AS ended_on,
            leadInFrame(from_day, 1, ${LAST_DATE}) OVER (PARTITION BY holder ORDER BY recorded_at, sequence ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS to_day
        FROM (SELECT *, toDate(recorded_at, '${BRUSSELS}') AS from_day FROM holders FINAL WHERE pass_type != 'GROUP')
    )
    GROUP BY holder`

/** What each person did up to the end of the period, on check-ins. */
const TOOK_PART_SQL = `SELECT
        holder,
        countIf(${IN_PERIOD}) AS participations,
        groupBitOrIf(bit, ${IN_PERIOD}) AS sectors,
        groupBitOrIf(bit, day >= {beforeDay:Date} AND day < {firstDay:Date}) AS sectors_before,
        [${SECTORS.map((sector) => `countIf(${IN_PERIOD} AND sector = '${sector}')`).join(', ')}] AS counts,
        groupUniqArrayIf(venue_nis, ${IN_PERIOD} AND venue_nis > 0) AS venues,
        countIf(day >= {previousDay:Date} AND day < {firstDay:Date}) > 0 AS active_before,
        countIf(day >= {windowDay:Date}) > 0 AS active_window,
        countIf(day >= {windowBeforeDay:Date} AND day < {windowDay:Date}) > 0 AS active_window_before,
        argMax(tariff, (day, event_number)) AS last_tariff,
        min(day) AS first_day,
        maxIf(day, day < {firstDay:Date}) AS earlier_day
    FROM (
        SELECT *, ${SECTOR_BIT} AS bit
        FROM participations
        WHERE day <= {lastDay:Date} AND evidence != 'TICKET'
    )
    GROUP BY holder`

/** Points of the period, and the welcome rewards of newcomers until some time after it. */
const EXCHANGED_SQL = `SELECT
        holder,
        sumIf(points, points > 0 AND kind != 'BONUS' AND day <= {lastDay:Date}) AS points_saved,
        sumIf(points, points > 0 AND kind = 'BONUS' AND day <= {lastDay:Date}) AS points_given,
        sumIf(-points, points < 0 AND day <= {lastDay:Date}) AS points_redeemed,
        countIf(kind = 'GRANT') > 0 AS welcome_granted,
        minIf(day, kind = 'GRANT') AS granted_on,
        minIf(day, kind = 'REDEMPTION' AND reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME')) AS used_on
    FROM counted_transactions
    WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} + ${GRACE_DAYS}
        AND (points != 0 OR kind IN ('GRANT', 'REDEMPTION'))
    GROUP BY holder`

/** Municipalities that share a card system with each municipality, itself among them. */
const MATES_SQL = `SELECT home.nis AS home_nis, groupUniqArray(other.nis) AS mates
    FROM region_municipalities AS home
    INNER JOIN region_municipalities AS other ON other.card_system = home.card_system
    GROUP BY home_nis`

/** Ways to draw three of n. */
function threeOf(n: string): string {
  return `(${n} * (${n} - 1) * (${n} - 2))`
}

const AGE_BAND_SQL = `multiIf(birth_year = 0 OR birth_year > {ageYear:UInt16}, '', ${AGE_BANDS.slice(1)
  .map(({ from }, index) => `{ageYear:UInt16} - birth_year < ${from}, '${AGE_BANDS[index]?.band}'`)
  .join(', ')}, '${AGE_BANDS.at(-1)?.band}')`

/** Rows of a period in the columns of the table: everybody of whom one of its figures speaks. */
export const HOLDER_PERIODS_SQL = `WITH
    (SELECT groupArrayArray(card_systems) FROM programmes_now) AS others,
    ${MERGED_SQL}
SELECT
    {periodKind:String} AS period_kind, {period:String} AS period, holder,
    home_nis, home_postal_code, birth_year, ${AGE_BAND_SQL} AS age_band,
    valid_days, valid_at_end, first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date} AS registered,
    kt, kt_at_end, last_ended_on > toDate(0) AS kt_ended, kt_ended AND is_renewed AS kt_renewed,
    participations, sectors, bitAnd(sectors, bitNot(sectors_before)) AS new_sectors, sectors_before,
    if(participations < 3, 0, toUInt16(round(1000 * arraySum(n -> 1 - ${threeOf('(toFloat64(participations) - n)')} / ${threeOf('toFloat64(participations)')}, counts)))) AS expected_sectors,
    length(arrayIntersect(venues, mates)) AS region_municipalities,
    active_before, active_window_before, active_window_before AND NOT active_window AS lapsed, last_tariff,
    multiIf(
        participations = 0, 'INACTIVE',
        first_day >= {firstDay:Date}, 'NEW',
        earlier_day >= {returningDay:Date}, 'RETURNING',
        'REACTIVATED'
    ) AS state,
    if(first_day = toDate(0), 255, least(254, dateDiff('quarter', first_day, {lastDay:Date}))) AS quarters_since,
    points_saved, points_given, points_redeemed,
    welcome_granted, if(welcome_granted AND used_on > toDate(0) AND used_on >= granted_on, used_on - granted_on, 65535) AS welcome_days
FROM (SELECT *, ${municipalityNow('last_row.1')} AS home_nis, last_row.2 AS home_postal_code, last_row.3 AS birth_year FROM (${REGISTRY_SQL})) AS registry
LEFT JOIN (${TOOK_PART_SQL}) AS took_part USING (holder)
LEFT JOIN (${EXCHANGED_SQL}) AS exchanged USING (holder)
LEFT JOIN (${MATES_SQL}) AS region USING (home_nis)
WHERE valid_days > 0 OR participations > 0 OR active_window OR active_window_before OR kt_ended OR points_saved > 0 OR points_given > 0 OR points_redeemed > 0`
