, kiosk_days AS (
    SELECT device, count() AS checkins, row_number() OVER (PARTITION BY device ORDER BY checkins) AS rank, count() OVER (PARTITION BY device) AS days
    FROM transactions FINAL WHERE kind = 'CHECKIN' AND notEmpty(device) AND empty(flags) AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY device, occurred_on
)
SELECT 'holders' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value
FROM (SELECT holder, occurred_on FROM counted WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY holder, occurred_on HAVING count() > 10)
UNION ALL
SELECT 'kiosks' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value
FROM kiosk_days INNER JOIN (SELECT device, min(checkins) AS ordinary FROM kiosk_days WHERE rank >= 0.5 * days GROUP BY device) AS median USING (device)
WHERE checkins >= 50 AND checkins > 10 * ordinary
