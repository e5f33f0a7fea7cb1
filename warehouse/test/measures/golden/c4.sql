, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
),
tallied AS (SELECT place, tariff, age_coarse, count() AS times, uniqExact(holder) AS holders FROM own GROUP BY GROUPING SETS ((place, age_coarse), (place, tariff), (place, tariff, age_coarse)))
SELECT 'holders' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('age-coarse', toString(age_coarse))]) AS cell, toFloat64(holders) AS value FROM tallied
UNION ALL SELECT 'share' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('age-coarse', toString(age_coarse))]) AS cell, 100 * times / sum(times) OVER (PARTITION BY place, tariff = '', age_coarse = '') AS value FROM tallied
