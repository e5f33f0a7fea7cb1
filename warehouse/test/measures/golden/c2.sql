, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
), seen AS (SELECT place, age_coarse, tariff, if(in_region, 'YES', 'NO') AS near FROM own)
SELECT 'social-tariff' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', age_coarse), ('in-region', near)]) AS cell, 100 * avg(tariff = 'KT') AS value
FROM seen GROUP BY GROUPING SETS ((place), (place, age_coarse), (place, near))
UNION ALL SELECT 'participations' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', age_coarse), ('in-region', near)]) AS cell, toFloat64(countIf(tariff = 'KT')) AS value
FROM seen GROUP BY GROUPING SETS ((place), (place, age_coarse), (place, near))
