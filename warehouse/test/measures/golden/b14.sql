SELECT 'without-social-tariff' AS figure, place, arrayFilter(pair -> pair.2 != '', [('sector', toString(sector))]) AS cell, 100 * uniqExactIf(holder, tariff = 'OTHER') / uniqExact(holder) AS value FROM flows GROUP BY GROUPING SETS ((place), (place, sector))
UNION ALL
SELECT 'participations-without' AS figure, place, arrayFilter(pair -> pair.2 != '', [('sector', toString(sector))]) AS cell, 100 * avg(tariff = 'OTHER') AS value FROM flows GROUP BY GROUPING SETS ((place), (place, sector))
UNION ALL
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('sector', toString(sector))]) AS cell, toFloat64(uniqExact(holder)) AS value FROM flows GROUP BY GROUPING SETS ((place), (place, sector))
