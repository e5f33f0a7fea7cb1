, newcomers AS (
    SELECT concat('organizer:', organizer) AS place, holder, min(day) AS first_day, arrayExists(on -> on > first_day AND on <= addMonths(first_day, 12), groupArray(day)) AS is_back
    FROM visits GROUP BY place, holder HAVING first_day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'newcomers' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM newcomers GROUP BY place
UNION ALL SELECT 'returned' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_back) AS value FROM newcomers GROUP BY place
