, took_part AS (
    SELECT residents.place AS place, residents.tariff AS tariff, doings.times AS times, doings.sectors AS sectors,
        multiIf(times = 1, '1', times <= 3, '2-3', times <= 6, '4-6', times <= 12, '7-12', '13+') AS frequency
    FROM residents
    INNER JOIN doings ON doings.holder = residents.holder
    WHERE doings.times > 0
),
-- Holders who took part in the period before as well, and the sectors that they were not seen in for two years.
stayed AS (
    SELECT
        holder,
        groupUniqArrayIf(sector, day BETWEEN {firstDay:Date} AND {lastDay:Date}) AS now,
        groupUniqArrayIf(sector, day >= addMonths({firstDay:Date}, -24) AND day < {firstDay:Date}) AS before,
        countIf(day >= addMonths({firstDay:Date}, -12) AND day < {firstDay:Date}) AS times_before
    FROM visits
    GROUP BY holder
    HAVING notEmpty(now) AND times_before > 0
),
-- Each sector of each holder with three participations or more.
varied AS (
    SELECT holder, sum(1 - (n - k) * (n - k - 1) * (n - k - 2) / (n * (n - 1) * (n - 2))) AS expected
    FROM (
        SELECT holder, sector, toFloat64(count()) AS k, sum(k) OVER (PARTITION BY holder) AS n
        FROM visits
        WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
        GROUP BY holder, sector
    )
    WHERE n >= 3
    GROUP BY holder
)
SELECT 'two-or-more' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, 100 * avg(sectors >= 2) AS value FROM took_part GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'share' AS figure, place, [('breadth', breadth)] AS cell, 100 * holders / sum(holders) OVER (PARTITION BY place) AS value
FROM (SELECT place, multiIf(sectors = 1, '1', sectors = 2, '2', '3+') AS breadth, count() AS holders FROM took_part GROUP BY place, breadth)
UNION ALL SELECT 'widened' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, 100 * avg(notEmpty(arrayFilter(sector -> NOT has(before, sector), now))) AS value
FROM residents INNER JOIN stayed ON stayed.holder = residents.holder GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'expected-sectors' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, avg(round(expected, 3)) AS value
FROM residents INNER JOIN varied ON varied.holder = residents.holder GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'pairs' AS figure, place, [('sector-before', earlier), ('sector', later)] AS cell, toFloat64(count()) AS value
FROM (
    SELECT place, arrayJoin(before) AS earlier, arrayJoin(arrayFilter(sector -> NOT has(before, sector), now)) AS later
    FROM residents INNER JOIN stayed ON stayed.holder = residents.holder
    WHERE NOT startsWith(place, 'municipality')
)
GROUP BY place, earlier, later
