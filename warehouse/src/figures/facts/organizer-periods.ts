import { SECTOR_BIT } from './holder-periods.ts'

const IN_PERIOD = 'day BETWEEN {firstDay:Date} AND {lastDay:Date}'

/** An organizer as a number: pairs of numbers are looked up and grouped several times faster than texts. */
const ORGANIZER_HASH = 'cityHash64(organizer)'

/** Rows of a period in the columns of the table; `untilDay`: how far newcomers are looked after. */
export const ORGANIZER_PERIODS_SQL = `SELECT
    {periodKind:String} AS period_kind, {period:String} AS period, name AS organizer, holder, participations, kt,
    multiIf(first_day >= {firstDay:Date}, 'NEW', earlier_day >= {returningDay:Date}, 'RETURNING', 'REACTIVATED') AS state,
    bitAnd(elsewhere.sectors, bitNot(own_sectors)) AS other_sectors,
    state = 'NEW' AND length(days) > 1 AND days[2] <= addMonths(days[1], 12) AS returned
FROM (
    SELECT
        any(organizer) AS name, holder,
        countIf(${IN_PERIOD}) AS participations,
        countIf(${IN_PERIOD} AND tariff = 'KT') > 0 AS kt,
        groupBitOrIf(bit, ${IN_PERIOD}) AS own_sectors,
        min(day) AS first_day,
        maxIf(day, day < {firstDay:Date}) AS earlier_day,
        arraySort(groupUniqArrayIf(day, day >= {firstDay:Date})) AS days
    FROM (SELECT *, ${SECTOR_BIT} AS bit, ${ORGANIZER_HASH} AS organizer_hash FROM participations WHERE day <= {untilDay:Date} AND evidence != 'TICKET')
    WHERE (organizer_hash, holder) IN (SELECT ${ORGANIZER_HASH}, holder FROM participations WHERE ${IN_PERIOD} AND evidence != 'TICKET')
    GROUP BY organizer_hash, holder
) AS visits
LEFT JOIN (
    SELECT holder, groupBitOr(${SECTOR_BIT}) AS sectors
    FROM participations
    WHERE ${IN_PERIOD} AND evidence != 'TICKET'
    GROUP BY holder
) AS elsewhere USING (holder)`
