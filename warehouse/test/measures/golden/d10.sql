, moved AS (
    SELECT holder, sumIf(points, points > 0 AND kind != 'BONUS') AS saved, sumIf(points, points > 0 AND kind = 'BONUS') AS given, -sumIf(points, points < 0) AS redeemed
    FROM counted WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY holder
),
flow AS (SELECT residents.place AS place, residents.tariff AS tariff, saved, given, redeemed FROM residents INNER JOIN moved ON moved.holder = residents.holder)
SELECT 'saved' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(sum(saved)) AS value FROM flow GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'given' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(sum(given)) AS value FROM flow GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'redeemed' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, toFloat64(sum(redeemed)) AS value FROM flow GROUP BY GROUPING SETS ((place), (place, tariff))
UNION ALL SELECT 'redemption' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, sum(redeemed) / sum(saved + given) AS value FROM flow GROUP BY GROUPING SETS ((place), (place, tariff)) HAVING sum(saved + given) > 0
UNION ALL SELECT 'outstanding' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(sum(points)) AS value FROM transactions FINAL WHERE programme = 'uitpas' AND occurred_on <= {lastDay:Date}
