SELECT 'social-tariff-share' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(kt_at_end) AS value FROM residents WHERE valid_at_end GROUP BY place
UNION ALL
SELECT 'renewed' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_renewed) AS value
FROM residents
INNER JOIN (
    SELECT
        holder,
        -- The last end of a right in the period, and whether another right was in force within 90 days of it.
        max(if(until > valid_from AND until_day BETWEEN {firstDay:Date} AND {lastDay:Date}, until_day, toDate(0))) AS ended_on,
        arrayExists(held -> held.1 <= held.2 AND held.1 <= ended_on + 90 AND held.2 > ended_on AND held.3 > ended_on,
            groupArray((toDate(valid_from, 'Europe/Brussels'), toDate(valid_to, 'Europe/Brussels') - 1, if(until = toDateTime64(0, 3, 'UTC'), toDate('2149-06-06'), until_day)))) AS is_renewed
    FROM (
        SELECT holder, valid_from, valid_to, until, toDate(until, 'Europe/Brussels') AS until_day
        FROM holders_history
        ARRAY JOIN social_tariffs AS tariff, membership_statuses AS status, membership_card_systems AS system, social_tariff_ends AS until
        WHERE pass_type = 'INDIVIDUAL' AND status = 'ACTIVE' AND tariff = 'ACTIVE' AND NOT has(others, system)
    )
    GROUP BY holder
    HAVING ended_on > toDate(0)
) AS judged ON judged.holder = residents.holder
GROUP BY place
