, refused AS (SELECT toString(reason) AS reason, sum(times) AS times FROM refusals FINAL WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY reason),
attempts AS (
    SELECT (SELECT sum(times) FROM refused) + (SELECT count() FROM transactions FINAL WHERE kind IN ('CHECKIN', 'TICKET_SALE', 'REDEMPTION') AND channel != 'BATCH' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}) AS times
)
SELECT 'refusals' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('reason', reason)]) AS cell, toFloat64(sum(times)) AS value FROM refused GROUP BY GROUPING SETS ((), (reason))
UNION ALL SELECT 'share' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('reason', reason)]) AS cell, 100 * sum(times) / (SELECT times FROM attempts) AS value FROM refused GROUP BY GROUPING SETS ((), (reason))
