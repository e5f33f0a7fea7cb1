, hours AS (
    SELECT place, weekday, hour, count() AS checkins
    FROM (
        SELECT concat('organizer:', organizer) AS place, toString(toDayOfWeek(occurred_at, 0, 'Europe/Brussels')) AS weekday, toString(toHour(occurred_at, 'Europe/Brussels')) AS hour
        FROM counted
        WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    )
    GROUP BY GROUPING SETS ((place), (place, weekday), (place, hour), (place, weekday, hour))
)
SELECT 'checkins' AS figure, place, arrayFilter(pair -> pair.2 != '', [('weekday', toString(weekday)), ('hour', toString(hour))]) AS cell, toFloat64(checkins) AS value FROM hours
UNION ALL SELECT 'checkins-per-week' AS figure, place, arrayFilter(pair -> pair.2 != '', [('weekday', toString(weekday)), ('hour', toString(hour))]) AS cell, 7 * checkins / ({lastDay:Date} - {firstDay:Date} + 1) AS value FROM hours
