, own AS (SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}),
of_each AS (
    SELECT concat('organizer:', organizer) AS place, holder, countIf(day >= {firstDay:Date}) AS times, min(day) AS first_day, groupArray(day) AS days
    FROM visits WHERE day <= {lastDay:Date} GROUP BY place, holder HAVING times > 0
)
SELECT 'holders' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(uniqExact(holder)) AS value FROM own GROUP BY place
UNION ALL SELECT 'participations' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM own GROUP BY place
UNION ALL SELECT 'social-tariff' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(tariff = 'KT') AS value FROM own GROUP BY place
UNION ALL SELECT 'in-region' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(in_region) AS value FROM own GROUP BY place
UNION ALL SELECT 'new' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(first_day >= {firstDay:Date}) AS value FROM of_each GROUP BY place
UNION ALL SELECT 'participations-per-holder' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, avg(times) AS value FROM of_each GROUP BY place
UNION ALL SELECT 'returned' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_back) AS value
FROM (
    SELECT concat('organizer:', organizer) AS place, holder, min(day) AS first_day, arrayExists(on -> on > first_day AND on <= addMonths(first_day, 12), groupArray(day)) AS is_back
    FROM visits GROUP BY place, holder HAVING first_day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
GROUP BY place
