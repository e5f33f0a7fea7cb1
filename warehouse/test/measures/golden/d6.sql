, installed AS (
    SELECT kiosk, least(28, {lastDay:Date} - toDate(min(recorded_at), 'Europe/Brussels') + 1) AS days, argMax(card_system, (recorded_at, sequence)) AS system
    FROM kiosks FINAL WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date} GROUP BY kiosk
),
used AS (
    SELECT device, occurred_on, count() AS checkins FROM transactions FINAL WHERE kind = 'CHECKIN' AND empty(flags) AND occurred_on > {lastDay:Date} - 28 AND occurred_on <= {lastDay:Date} GROUP BY device, occurred_on
),
each AS (
    SELECT arrayJoin(['all', concat('region:', toString(any(system)))]) AS place, kiosk, any(installed.days) AS days, countIf(used.checkins > 0) AS used_days, sum(used.checkins) AS checkins
    FROM installed LEFT JOIN used ON used.device = installed.kiosk GROUP BY kiosk
)
SELECT 'use' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * sum(used_days) / sum(days) AS value FROM each GROUP BY place
UNION ALL SELECT 'checkins-per-week' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 7 * sum(checkins) / sum(days) AS value FROM each GROUP BY place
UNION ALL SELECT 'kiosks' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM each GROUP BY place
UNION ALL SELECT 'kiosks' AS figure, place, [('days-used', toString(used_days))] AS cell, toFloat64(count()) AS value FROM each GROUP BY place, used_days
