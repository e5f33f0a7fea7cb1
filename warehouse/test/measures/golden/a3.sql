, exposed AS (
    SELECT place, age, tariff, doings.times > 0 AS is_active
    FROM residents
    LEFT JOIN doings ON doings.holder = residents.holder
    WHERE valid_days >= 90
),
-- Of each group, who takes part, in each place and age.
rates AS (
    SELECT place, age, countIf(tariff = 'KT') AS social, countIf(tariff = 'KT' AND is_active) AS social_active,
        countIf(tariff = 'OTHER') AS other, countIf(tariff = 'OTHER' AND is_active) AS other_active
    FROM exposed
    GROUP BY place, age
),
totals AS (
    SELECT place, sum(social_active) / sum(social) AS p, sum(other_active) / sum(other) AS q FROM rates GROUP BY place HAVING sum(social) > 0 AND sum(other) > 0
)
SELECT 'gap' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * (p - q) AS value FROM totals
UNION ALL SELECT 'ratio' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, p / q AS value FROM totals WHERE q > 0
UNION ALL SELECT 'active-social-tariff' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * p AS value FROM totals
UNION ALL SELECT 'active-other' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * q AS value FROM totals
UNION ALL
SELECT 'gap-standardised' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * sum(weight * (social_active / social - other_active / other)) / sum(weight) AS value
FROM rates
INNER JOIN (SELECT age, count() AS weight FROM exposed WHERE place = 'all' GROUP BY age) AS standard USING (age)
WHERE social > 0 AND other > 0 AND age != 'UNKNOWN'
GROUP BY place
