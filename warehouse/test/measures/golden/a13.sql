, welcomed AS (
    SELECT residents.place AS place, residents.tariff AS tariff, given.granted_on AS granted_on,
        if(given.used_on >= granted_on AND given.used_on > toDate(0), given.used_on - granted_on, 9999) AS days
    FROM residents
    INNER JOIN (
        SELECT holder, minIf(occurred_on, kind = 'GRANT') AS granted_on,
            minIf(occurred_on, kind = 'REDEMPTION' AND reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME')) AS used_on
        FROM counted
        WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} + 90
        GROUP BY holder
        HAVING countIf(kind = 'GRANT') > 0
    ) AS given ON given.holder = residents.holder
    WHERE first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'granted' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(count()) AS value FROM welcomed GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'used' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, 100 * avg(days <= 90) AS value FROM welcomed GROUP BY GROUPING SETS ((place), (place, tariff))
-- The middle of all that were used, spread evenly over the days of its band.
UNION ALL SELECT 'days-to-first' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, least(last, greatest(first, first - 0.5 + (total / 2 - before) / holders * (last - first + 1))) AS value
FROM (
    SELECT place, first, last, count() AS holders,
        sum(holders) OVER (PARTITION BY place) AS total,
        sum(holders) OVER (PARTITION BY place ORDER BY first) - holders AS before
    FROM (
        SELECT place, multiIf(days < 7, 0, days < 14, 7, days < 28, 14, days < 56, 28, 56) AS first, multiIf(days < 7, 6, days < 14, 13, days < 28, 27, days < 56, 55, 90) AS last
        FROM welcomed
        WHERE days <= 90
    )
    GROUP BY place, first, last
)
WHERE before < total / 2 AND before + holders >= total / 2
