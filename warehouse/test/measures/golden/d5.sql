, seen AS (
    SELECT device, max(occurred_at) AS last_at FROM transactions FINAL
    WHERE kind = 'CHECKIN' AND device IN (SELECT kiosk FROM kiosks) AND occurred_at > subtractDays({now:DateTime64(3, 'UTC')}, 28) AND occurred_at <= {now:DateTime64(3, 'UTC')} GROUP BY device
),
placed AS (
    SELECT arrayJoin(['all', concat('region:', toString(kiosks_now.card_system))]) AS place, seen.last_at <= subtractHours({now:DateTime64(3, 'UTC')}, 24) AS is_silent
    FROM seen INNER JOIN kiosks_now ON kiosks_now.kiosk = seen.device
)
SELECT 'kiosks' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(countIf(is_silent)) AS value FROM placed GROUP BY place
UNION ALL SELECT 'silent' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_silent) AS value FROM placed GROUP BY place
