, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
),
tallied AS (SELECT place, toString(home) AS origin, count() AS times, uniqExact(holder) AS holders FROM own GROUP BY place, origin)
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('origin', toString(origin))]) AS cell, toFloat64(holders) AS value FROM tallied
UNION ALL SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('origin', toString(origin))]) AS cell, toFloat64(times) AS value FROM tallied
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('origin', toString(origin))]) AS cell, 100 * times / sum(times) OVER (PARTITION BY place) AS value FROM tallied
