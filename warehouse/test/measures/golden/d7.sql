SELECT 'checkins' AS figure, 'all' AS place, [('channel', toString(channel))] AS cell, toFloat64(count()) AS value
FROM counted WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY channel
UNION ALL
SELECT 'share' AS figure, 'all' AS place, [('channel', toString(channel))] AS cell, 100 * count() / sum(count()) OVER () AS value
FROM counted WHERE kind = 'CHECKIN' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY channel
