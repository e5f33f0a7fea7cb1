, minutes AS (
    SELECT intDiv(toUnixTimestamp64Milli(occurred_at), 60000) AS minute, count() AS checkins FROM counted WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY minute
)
SELECT 'max' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(max(checkins)) AS value FROM minutes
UNION ALL SELECT 'p99' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(min(checkins)) AS value
FROM (SELECT checkins, row_number() OVER (ORDER BY checkins) AS rank, count() OVER () AS minutes FROM minutes) WHERE rank >= 0.99 * minutes
