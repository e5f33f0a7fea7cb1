, chosen AS (
    SELECT place, tariff, age_coarse, sector, toFloat64(count()) AS times
    FROM flows
    GROUP BY GROUPING SETS ((place, sector), (place, tariff, sector), (place, age_coarse, sector))
),
shares AS (
    SELECT place, tariff, age_coarse, sector, times, times / sum(times) OVER (PARTITION BY place, tariff, age_coarse) AS share
    FROM chosen
)
SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('age-coarse', toString(age_coarse)), ('sector', toString(sector))]) AS cell, times AS value FROM shares
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('age-coarse', toString(age_coarse)), ('sector', toString(sector))]) AS cell, 100 * share AS value FROM shares
UNION ALL SELECT 'index' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', tariff), ('age-coarse', age_coarse), ('sector', sector)]) AS cell, 100 * shares.share / everybody.share AS value
FROM shares
INNER JOIN (SELECT place, sector, share FROM shares WHERE tariff = '' AND age_coarse = '') AS everybody USING (place, sector)
WHERE tariff != '' OR age_coarse != ''
