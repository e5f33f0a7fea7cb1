SELECT 'new-holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(count()) AS value
FROM residents WHERE first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL
SELECT 'new-per-1000' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 1000 * count() / any(known.persons) AS value
FROM residents INNER JOIN known USING (place)
WHERE first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date} AND reference = 'inhabitants'
GROUP BY place
