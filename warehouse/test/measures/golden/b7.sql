-- Points in the order in which each person got them; what is redeemed takes the first that are left.
, gained AS (
    SELECT holder, if(kind = 'CHECKIN', venue, 0) AS town, points, sum(points) OVER (PARTITION BY holder ORDER BY occurred_at, id) AS until, until - points AS from
    FROM counted WHERE points > 0 AND holder NOT IN (SELECT holder FROM holders WHERE pass_type = 'GROUP')
),
spent AS (
    SELECT holder, home, venue, occurred_on, -points AS points, sum(-points) OVER (PARTITION BY holder ORDER BY occurred_at, id) AS until, until + counted.points AS from
    FROM counted WHERE points < 0 AND holder NOT IN (SELECT holder FROM holders WHERE pass_type = 'GROUP')
),
flowed AS (
    SELECT toString(gained.town) AS origin, toString(spent.venue) AS destination, toFloat64(least(gained.until, spent.until) - greatest(gained.from, spent.from)) AS points,
        arrayJoin(arrayConcat(['all', concat('municipality:', toString(spent.home))], arrayMap(system -> concat('region:', toString(system)), regions.systems))) AS place
    FROM spent
    INNER JOIN gained ON gained.holder = spent.holder
    LEFT JOIN regions ON regions.nis = spent.home
    WHERE gained.from < spent.until AND spent.from < gained.until AND spent.occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
),
summed AS (SELECT place, origin, destination, sum(points) AS total FROM flowed GROUP BY GROUPING SETS ((place), (place, origin), (place, destination), (place, origin, destination)))
SELECT 'points' AS figure, place, arrayFilter(pair -> pair.2 != '', [('origin', origin), ('destination', destination)]) AS cell, total AS value FROM summed
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('origin', origin), ('destination', destination)]) AS cell, 100 * total / sum(total) OVER (PARTITION BY place, destination) AS value
FROM summed WHERE origin != ''
