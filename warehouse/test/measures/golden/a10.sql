SELECT 'cohort' AS figure, place, [('quarters-since', quarters)] AS cell, toFloat64(count()) AS value
FROM (
    SELECT residents.place AS place, toString(dateDiff('quarter', doings.first_visit, {lastDay:Date})) AS quarters, doings.times > 0 AS is_active
    FROM residents INNER JOIN doings ON doings.holder = residents.holder
    WHERE dateDiff('quarter', doings.first_visit, {lastDay:Date}) <= 8
)
GROUP BY place, quarters
UNION ALL
SELECT 'active' AS figure, place, [('quarters-since', quarters)] AS cell, 100 * avg(is_active) AS value
FROM (
    SELECT residents.place AS place, toString(dateDiff('quarter', doings.first_visit, {lastDay:Date})) AS quarters, doings.times > 0 AS is_active
    FROM residents INNER JOIN doings ON doings.holder = residents.holder
    WHERE dateDiff('quarter', doings.first_visit, {lastDay:Date}) <= 8
)
GROUP BY place, quarters
