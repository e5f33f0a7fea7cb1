, stock AS (SELECT place, count() AS holders FROM residents WHERE valid_at_end GROUP BY place)
SELECT 'participations-per-1000' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 1000 * count() / any(stock.holders) AS value
FROM flows INNER JOIN stock USING (place) GROUP BY place
