, mates AS (
    SELECT home.nis AS nis, groupUniqArray(other.nis) AS towns
    FROM (SELECT nis, arrayJoin(systems) AS system FROM regions) AS home
    INNER JOIN (SELECT nis, arrayJoin(systems) AS system FROM regions) AS other USING (system)
    GROUP BY nis
),
travelled AS (
    SELECT residents.place AS place, residents.tariff AS tariff, multiIf(towns > 2, '3+', toString(towns)) AS visited
    FROM residents
    INNER JOIN (
        SELECT visits.holder AS holder, uniqExactIf(visits.venue, has(mates.towns, visits.venue)) AS towns
        FROM visits
        INNER JOIN people ON people.holder = visits.holder
        LEFT JOIN mates ON mates.nis = people.home
        WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
        GROUP BY holder
    ) AS seen ON seen.holder = residents.holder
    WHERE NOT startsWith(residents.place, 'municipality')
)
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('visited', toString(visited))]) AS cell, toFloat64(count()) AS value FROM travelled GROUP BY GROUPING SETS ((place), (place, tariff), (place, visited))
UNION ALL SELECT 'several' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff))]) AS cell, 100 * avg(visited IN ('2', '3+')) AS value FROM travelled WHERE visited != '0' GROUP BY GROUPING SETS ((place), (place, tariff))
