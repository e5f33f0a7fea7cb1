, gone AS (
    SELECT place, tariff, destination, count() AS times, uniqExact(holder) AS holders
    FROM (SELECT place, tariff, toString(venue) AS destination, holder FROM flows)
    GROUP BY GROUPING SETS ((place), (place, destination), (place, tariff, destination))
)
SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, toFloat64(times) AS value FROM gone
UNION ALL SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, toFloat64(holders) AS value FROM gone
UNION ALL SELECT 'of-origin' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, 100 * times / sum(times) OVER (PARTITION BY place, tariff) AS value FROM gone WHERE destination != ''
UNION ALL SELECT 'of-destination' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('destination', toString(destination))]) AS cell, 100 * times / maxIf(times, place = 'all') OVER (PARTITION BY tariff, destination) AS value FROM gone WHERE destination != ''
