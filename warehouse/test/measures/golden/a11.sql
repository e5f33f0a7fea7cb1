, terms AS (
    -- The last end of a right in the period, of each person: the row was in force before it.
    SELECT holder, max(toDate(until, 'Europe/Brussels')) AS ended_on
    FROM holders_history
    ARRAY JOIN social_tariffs AS tariff, membership_statuses AS status, membership_card_systems AS system, social_tariff_ends AS until
    WHERE pass_type = 'INDIVIDUAL' AND status = 'ACTIVE' AND tariff = 'ACTIVE' AND NOT has(others, system) AND until > valid_from
        AND toDate(until, 'Europe/Brussels') BETWEEN {firstDay:Date} AND {lastDay:Date}
    GROUP BY holder
),
later AS (
    SELECT holder, groupArray((toDate(valid_from, 'Europe/Brussels'), toDate(valid_to, 'Europe/Brussels') - 1, if(until = toDateTime64(0, 3, 'UTC'), toDate('2149-06-06'), toDate(until, 'Europe/Brussels')))) AS rights
    FROM holders_history
    ARRAY JOIN social_tariffs AS tariff, membership_statuses AS status, membership_card_systems AS system, social_tariff_ends AS until
    WHERE status = 'ACTIVE' AND tariff = 'ACTIVE' AND NOT has(others, system)
    GROUP BY holder
),
judged AS (
    SELECT residents.place AS place, residents.age AS age,
        arrayExists(held -> held.1 <= held.2 AND held.1 <= ended_on + 90 AND held.2 > ended_on AND held.3 > ended_on, rights) AS is_renewed
    FROM residents
    INNER JOIN terms ON terms.holder = residents.holder
    INNER JOIN later ON later.holder = residents.holder
)
SELECT 'ended' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age', toString(age))]) AS cell, toFloat64(count()) AS value FROM judged GROUP BY GROUPING SETS ((place), (place, age))
UNION ALL SELECT 'not-renewed' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age', toString(age))]) AS cell, toFloat64(countIf(NOT is_renewed)) AS value FROM judged GROUP BY GROUPING SETS ((place), (place, age))
UNION ALL SELECT 'renewed' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age', toString(age))]) AS cell, 100 * avg(is_renewed) AS value FROM judged GROUP BY GROUPING SETS ((place), (place, age))
