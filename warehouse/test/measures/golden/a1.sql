-- Passholders at the end of the period; reach of all inhabitants on the day after it.
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', tariff), ('age', age)]) AS cell, toFloat64(count()) AS value
FROM (SELECT place, if(kt_at_end, 'KT', 'OTHER') AS tariff, age FROM residents WHERE valid_at_end)
GROUP BY GROUPING SETS ((place), (place, tariff), (place, age), (place, tariff, age))
UNION ALL
SELECT 'reach' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * count() / any(known.persons) AS value
FROM residents INNER JOIN known USING (place)
WHERE valid_at_end AND reference = 'inhabitants'
GROUP BY place
