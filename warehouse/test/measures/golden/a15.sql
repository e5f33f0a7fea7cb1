SELECT 'holders' AS figure, place, [('postal-code', postal_code)] AS cell, toFloat64(count()) AS value
FROM residents WHERE valid_at_end AND startsWith(place, 'municipality') GROUP BY place, postal_code
UNION ALL
SELECT 'share' AS figure, place, [('postal-code', postal_code)] AS cell, 100 * count() / sum(count()) OVER (PARTITION BY place) AS value
FROM residents WHERE valid_at_end AND startsWith(place, 'municipality') GROUP BY place, postal_code
