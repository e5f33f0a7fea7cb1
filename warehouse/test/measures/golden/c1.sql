, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', tariff), ('in-region', near)]) AS cell, toFloat64(uniqExact(holder)) AS value
FROM (SELECT place, tariff, if(in_region, 'YES', 'NO') AS near, holder FROM own) GROUP BY GROUPING SETS ((place), (place, tariff), (place, near), (place, tariff, near))
UNION ALL SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', tariff), ('in-region', near)]) AS cell, toFloat64(count()) AS value
FROM (SELECT place, tariff, if(in_region, 'YES', 'NO') AS near FROM own) GROUP BY GROUPING SETS ((place), (place, tariff), (place, near), (place, tariff, near))
