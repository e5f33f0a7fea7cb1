SELECT 'cross-border' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(area = 'REGION') AS value FROM flows WHERE tariff = 'KT' GROUP BY place
UNION ALL SELECT 'participations' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM flows WHERE tariff = 'KT' GROUP BY place
