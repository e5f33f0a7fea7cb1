, gone AS (
    SELECT place, tariff, toString(venue) AS destination, count() AS times FROM flows GROUP BY GROUPING SETS ((place, destination), (place, tariff, destination))
)
SELECT 'elsewhere' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * countIf(area IN ('REGION', 'ELSEWHERE')) / countIf(area != 'UNKNOWN') AS value FROM flows GROUP BY place HAVING countIf(area != 'UNKNOWN') > 0
UNION ALL SELECT 'elsewhere-social-tariff' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(area = 'REGION') AS value FROM flows WHERE tariff = 'KT' AND area IN ('HOME', 'REGION') GROUP BY place
UNION ALL SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, toFloat64(times) AS value FROM gone
UNION ALL SELECT 'participations' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM flows GROUP BY place
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, 100 * times / sum(times) OVER (PARTITION BY place, tariff) AS value FROM gone
