, publics AS (
    SELECT organizer, count() AS times, avg(tariff = 'KT') AS share FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY organizer
)
SELECT 'of' AS figure, arrayStringConcat(arraySort(groupArray(concat('organizer:', organizer))), '+') AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(countIf(times >= 50)) AS value FROM publics
UNION ALL SELECT 'organizers' AS figure, arrayStringConcat(arraySort(groupArray(concat('organizer:', organizer))), '+') AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(countIf(times >= 50 AND share < 0.05)) AS value FROM publics
