, installed AS (
    SELECT kiosk, arrayJoin(['all', concat('region:', toString(argMax(card_system, (recorded_at, sequence))))]) AS place
    FROM kiosks FINAL WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date} GROUP BY kiosk
),
used AS (SELECT DISTINCT device FROM transactions FINAL WHERE kind = 'CHECKIN' AND empty(flags) AND occurred_on > {lastDay:Date} - 28 AND occurred_on <= {lastDay:Date})
SELECT 'installed' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM installed GROUP BY place
UNION ALL SELECT 'used' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * countIf(used.device != '') / count() AS value FROM installed LEFT JOIN used ON used.device = installed.kiosk GROUP BY place
