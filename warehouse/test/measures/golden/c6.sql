, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
),
everywhere AS (SELECT holder, groupUniqArray(sector) AS sectors FROM own GROUP BY holder),
publics AS (
    SELECT place, multiIf(count() = 1, '1', count() <= 3, '2-3', count() <= 6, '4-6', count() <= 12, '7-12', '13+') AS frequency, count() AS times,
        notEmpty(arrayFilter(sector -> NOT has(groupUniqArray(own.sector), sector), any(everywhere.sectors))) AS is_elsewhere
    FROM own INNER JOIN everywhere ON everywhere.holder = own.holder
    GROUP BY place, own.holder
)
SELECT 'mean' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, avg(times) AS value FROM publics GROUP BY place
UNION ALL SELECT 'elsewhere' AS figure, place, arrayFilter(pair -> pair.2 != '', [('frequency', toString(frequency))]) AS cell, 100 * avg(is_elsewhere) AS value FROM publics GROUP BY GROUPING SETS ((place), (place, frequency))
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('frequency', toString(frequency))]) AS cell, 100 * holders / sum(holders) OVER (PARTITION BY place) AS value FROM (SELECT place, frequency, count() AS holders FROM publics GROUP BY place, frequency)
