, publics AS (
    SELECT concat('organizer:', organizer) AS place, holder, if(countIf(tariff = 'KT' AND day >= {firstDay:Date}) > 0, 'KT', 'OTHER') AS tariff,
        multiIf(min(day) >= {firstDay:Date}, 'NEW', countIf(day >= addMonths({firstDay:Date}, -18) AND day < {firstDay:Date}) > 0, 'RETURNING', 'REACTIVATED') AS state
    FROM visits
    WHERE day <= {lastDay:Date}
    GROUP BY place, holder
    HAVING countIf(day >= {firstDay:Date}) > 0
),
tallied AS (SELECT place, tariff, state, count() AS holders FROM publics GROUP BY GROUPING SETS ((place, state), (place, tariff, state)))
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('state', toString(state))]) AS cell, toFloat64(holders) AS value FROM tallied
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('state', toString(state))]) AS cell, 100 * holders / sum(holders) OVER (PARTITION BY place, tariff) AS value FROM tallied
