, told AS (
    SELECT channel, dateDiff('millisecond', occurred_at, recorded_at) AS delay FROM (SELECT toString(channel) AS channel, occurred_at, recorded_at FROM transactions FINAL WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date})
),
ranked AS (
    SELECT channel, delay, row_number() OVER (PARTITION BY channel ORDER BY delay) AS rank, count() OVER (PARTITION BY channel) AS rows
    FROM (SELECT channel, delay FROM told UNION ALL SELECT '' AS channel, delay FROM told)
)
SELECT 'p50' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel)]) AS cell, floor(min(delay) / 60000) AS value FROM ranked WHERE rank >= 0.5 * rows GROUP BY channel
UNION ALL SELECT 'p95' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel)]) AS cell, floor(min(delay) / 60000) AS value FROM ranked WHERE rank >= 0.95 * rows GROUP BY channel
UNION ALL SELECT 'max' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel)]) AS cell, floor(max(delay) / 60000) AS value FROM ranked GROUP BY channel
UNION ALL SELECT 'after-a-day' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel)]) AS cell, 100 * avg(delay > 24 * 3600 * 1000) AS value FROM ranked GROUP BY channel
