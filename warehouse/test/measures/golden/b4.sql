, owed AS (
    SELECT home, venue, sum(local_government_share) / 100 AS euro
    FROM counted
    WHERE kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    GROUP BY home, venue
)
SELECT 'owed' AS figure, concat('municipality:', toString(home)) AS place, arrayFilter(pair -> pair.2 != '', [('destination', destination)]) AS cell, sum(euro) AS value
FROM (SELECT home, toString(venue) AS destination, euro FROM owed) GROUP BY GROUPING SETS ((home), (home, destination))
UNION ALL SELECT 'received' AS figure, concat('municipality:', toString(venue)) AS place, arrayFilter(pair -> pair.2 != '', [('destination', destination)]) AS cell, sum(euro) AS value
FROM (SELECT venue, toString(home) AS destination, euro FROM owed WHERE home != venue) GROUP BY GROUPING SETS ((venue), (venue, destination))
UNION ALL SELECT 'paid-elsewhere' AS figure, concat('municipality:', toString(home)) AS place, arrayFilter(pair -> pair.2 != '', [('destination', destination)]) AS cell, sum(euro) AS value
FROM (SELECT home, toString(venue) AS destination, euro FROM owed WHERE home != venue) GROUP BY GROUPING SETS ((home), (home, destination))
UNION ALL SELECT 'net' AS figure, concat('municipality:', toString(town)) AS place, CAST([], 'Array(Tuple(String, String))') AS cell, sum(euro) AS value
FROM (SELECT home AS town, -euro AS euro FROM owed WHERE home != venue UNION ALL SELECT venue AS town, euro FROM owed WHERE home != venue) GROUP BY town
