, hours AS (
    SELECT toString(toDayOfWeek(occurred_on)) AS weekday, toString(toHour(toTimeZone(occurred_at, 'Europe/Brussels'))) AS hour, occurred_on, count() AS checkins
    FROM transactions FINAL WHERE kind = 'CHECKIN' AND empty(flags) AND occurred_on > {lastDay:Date} - 56 AND occurred_on <= {lastDay:Date} GROUP BY weekday, hour, occurred_on
)
SELECT 'expected' AS figure, 'all' AS place, [('weekday', weekday), ('hour', hour)] AS cell, sum(checkins) / 8 AS value FROM hours GROUP BY weekday, hour
UNION ALL SELECT 'least' AS figure, 'all' AS place, [('weekday', weekday), ('hour', hour)] AS cell, if(count() = 8, toFloat64(min(checkins)), 0) AS value FROM hours GROUP BY weekday, hour
UNION ALL SELECT 'most' AS figure, 'all' AS place, [('weekday', weekday), ('hour', hour)] AS cell, toFloat64(max(checkins)) AS value FROM hours GROUP BY weekday, hour
