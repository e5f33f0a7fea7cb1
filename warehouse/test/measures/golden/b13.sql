, taken AS (
    SELECT toString(venue) AS destination, count() AS times,
        arrayJoin(arrayConcat(['all', concat('municipality:', toString(home))], arrayMap(system -> concat('region:', toString(system)), systems))) AS place
    FROM counted
    LEFT JOIN regions ON regions.nis = counted.home
    WHERE kind = 'REDEMPTION' AND reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME') AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    GROUP BY destination, place
)
SELECT 'redemptions' AS figure, place, arrayFilter(pair -> pair.2 != '', [('destination', toString(destination))]) AS cell, toFloat64(sum(times)) AS value FROM taken GROUP BY GROUPING SETS ((place), (place, destination))
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('destination', toString(destination))]) AS cell, 100 * times / sum(times) OVER (PARTITION BY place) AS value FROM taken
