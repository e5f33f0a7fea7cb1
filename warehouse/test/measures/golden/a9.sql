, states AS (
    SELECT residents.place AS place, residents.tariff AS tariff,
        multiIf(doings.times = 0, 'INACTIVE', doings.first_visit >= {firstDay:Date}, 'NEW', doings.times_before > 0, 'RETURNING', 'REACTIVATED') AS state
    FROM residents
    LEFT JOIN doings ON doings.holder = residents.holder
    WHERE valid_days > 0 OR doings.times > 0
),
counted_states AS (SELECT place, tariff, state, count() AS holders FROM states GROUP BY GROUPING SETS ((place), (place, tariff), (place, state), (place, tariff, state))),
-- Those who took part in the 18 months before the last 18, by the tariff of the last of these participations.
earlier AS (
    SELECT residents.place AS place, last.tariff AS tariff, doings.times_lately = 0 AS is_lapsed
    FROM residents
    INNER JOIN doings ON doings.holder = residents.holder
    INNER JOIN (SELECT holder, argMax(tariff, (day, event_number)) AS tariff FROM visits WHERE day <= {lastDay:Date} GROUP BY holder) AS last ON last.holder = residents.holder
    WHERE doings.times_long_ago > 0
)
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('state', toString(state))]) AS cell, toFloat64(holders) AS value FROM counted_states
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('state', toString(state))]) AS cell, 100 * holders / sum(holders) OVER (PARTITION BY place, tariff) AS value FROM counted_states WHERE state != ''
UNION ALL SELECT 'lapsed-holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(countIf(is_lapsed)) AS value FROM earlier GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'lapsed' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, 100 * avg(is_lapsed) AS value FROM earlier GROUP BY GROUPING SETS ((place), (place, tariff))
