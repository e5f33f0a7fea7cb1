, exposed AS (
    SELECT place, age, tariff, doings.times > 0 AS is_active
    FROM residents
    LEFT JOIN doings ON doings.holder = residents.holder
    WHERE valid_days >= 90
),
rates AS (
    SELECT place, age, avgIf(is_active, tariff = 'KT') AS p, avgIf(is_active, tariff = 'OTHER') AS q
    FROM exposed
    GROUP BY place, age
)
SELECT 'gap' AS figure, place, [('age', age)] AS cell, 100 * (p - q) AS value FROM rates WHERE isFinite(p) AND isFinite(q)
UNION ALL SELECT 'active-social-tariff' AS figure, place, [('age', age)] AS cell, 100 * p AS value FROM rates WHERE isFinite(p)
UNION ALL SELECT 'active-other' AS figure, place, [('age', age)] AS cell, 100 * q AS value FROM rates WHERE isFinite(q)
