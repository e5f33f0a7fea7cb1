, swapped AS (
    SELECT concat('organizer:', organizer) AS place, reward, holder, -points AS points
    FROM counted WHERE kind = 'REDEMPTION' AND reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'POINTS') AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'redemptions' AS figure, place, arrayFilter(pair -> pair.2 != '', [('reward', toString(reward))]) AS cell, toFloat64(count()) AS value FROM swapped GROUP BY GROUPING SETS ((place), (place, reward))
UNION ALL SELECT 'points' AS figure, place, arrayFilter(pair -> pair.2 != '', [('reward', toString(reward))]) AS cell, toFloat64(sum(points)) AS value FROM swapped GROUP BY GROUPING SETS ((place), (place, reward))
UNION ALL SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('reward', toString(reward))]) AS cell, toFloat64(uniqExact(holder)) AS value FROM swapped GROUP BY GROUPING SETS ((place), (place, reward))
