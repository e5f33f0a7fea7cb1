, exposed AS (
    SELECT place, avgIf(doings.times > 0, tariff = 'KT') AS p, avgIf(doings.times > 0, tariff = 'OTHER') AS q
    FROM residents LEFT JOIN doings ON doings.holder = residents.holder
    WHERE valid_days >= 90
    GROUP BY place
),
figures AS (
    SELECT 'holders' AS figure, place, toFloat64(countIf(valid_at_end)) AS value FROM residents GROUP BY place
    UNION ALL SELECT 'social-tariff-holders' AS figure, place, toFloat64(countIf(valid_at_end AND kt_at_end)) AS value FROM residents GROUP BY place
    UNION ALL SELECT 'reach' AS figure, place, 100 * countIf(valid_at_end) / any(known.persons) AS value FROM residents INNER JOIN known USING (place) WHERE reference = 'inhabitants' GROUP BY place
    UNION ALL SELECT 'coverage' AS figure, place, 100 * countIf(valid_at_end AND kt_at_end) / any(known.persons) AS value FROM residents INNER JOIN known USING (place) WHERE reference = 'increased-reimbursement' GROUP BY place
    UNION ALL SELECT 'gap' AS figure, place, 100 * (p - q) AS value FROM exposed
    UNION ALL SELECT 'participations-per-holder' AS figure, place, sum(doings.times) / countIf(valid_at_end) AS value FROM residents LEFT JOIN doings ON doings.holder = residents.holder GROUP BY place
)
SELECT figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, value FROM figures WHERE startsWith(place, 'region:')
