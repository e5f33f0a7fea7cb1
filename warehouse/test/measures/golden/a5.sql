, took_part AS (
    SELECT residents.place AS place, residents.tariff AS tariff, doings.times AS times, doings.sectors AS sectors,
        multiIf(times = 1, '1', times <= 3, '2-3', times <= 6, '4-6', times <= 12, '7-12', '13+') AS frequency
    FROM residents
    INNER JOIN doings ON doings.holder = residents.holder
    WHERE doings.times > 0
),
bands AS (SELECT place, tariff, frequency, count() AS holders FROM took_part GROUP BY GROUPING SETS ((place, frequency), (place, tariff, frequency)))
SELECT 'mean' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, avg(times) AS value FROM took_part GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(sum(times)) AS value FROM took_part GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'active-holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('frequency', toString(frequency))]) AS cell, toFloat64(count()) AS value FROM took_part
GROUP BY GROUPING SETS ((place), (place, tariff), (place, frequency), (place, tariff, frequency))
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('frequency', toString(frequency))]) AS cell, 100 * holders / sum(holders) OVER (PARTITION BY place, tariff) AS value FROM bands
-- The middle of all, spread evenly over the numbers of its band; of the last band its first.
UNION ALL SELECT 'median' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', tariff)]) AS cell,
    least(last, greatest(first, first - 0.5 + (total / 2 - before) / holders * (last - first + 1))) AS value
FROM (
    SELECT place, tariff, first, last, count() AS holders,
        sum(holders) OVER (PARTITION BY place, tariff) AS total,
        sum(holders) OVER (PARTITION BY place, tariff ORDER BY first) - holders AS before
    FROM (
        SELECT place, multiIf(times < 2, 1, times < 4, 2, times < 7, 4, times < 13, 7, 13) AS first, multiIf(times < 2, 1, times < 4, 3, times < 7, 6, times < 13, 12, 13) AS last, tariff
        FROM (SELECT place, times, tariff FROM took_part UNION ALL SELECT place, times, '' AS tariff FROM took_part)
    )
    GROUP BY place, tariff, first, last
)
WHERE before < total / 2 AND before + holders >= total / 2
