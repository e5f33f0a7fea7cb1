SELECT 'accepted' AS figure, 'all' AS place, [('client', toString(client))] AS cell, toFloat64(count()) AS value
FROM transactions FINAL WHERE notEmpty(client) AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY client
UNION ALL
SELECT 'share' AS figure, 'all' AS place, [('client', toString(client))] AS cell, 100 * count() / sum(count()) OVER () AS value
FROM transactions FINAL WHERE notEmpty(client) AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY client
