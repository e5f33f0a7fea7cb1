-- Passholders with the social tariff at the end of the period; of those with increased reimbursement.
SELECT 'social-tariff-holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age', age)]) AS cell, toFloat64(count()) AS value
FROM residents
WHERE valid_at_end AND kt_at_end
GROUP BY GROUPING SETS ((place), (place, age))
UNION ALL
SELECT 'coverage' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * count() / any(known.persons) AS value
FROM residents INNER JOIN known USING (place)
WHERE valid_at_end AND kt_at_end AND reference = 'increased-reimbursement'
GROUP BY place
