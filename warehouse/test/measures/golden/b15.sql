, newcomers AS (
    SELECT place, holder, had_one, times > 0 AS is_active
    FROM residents
    LEFT JOIN (
        -- Of one number in the registry: a row with a card system of another programme, on or before the last day.
        SELECT holder, 1 AS had_one FROM holders
        WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date} AND arrayExists(system -> has(others, system), membership_card_systems)
        GROUP BY holder
    ) AS card USING (holder)
    LEFT JOIN doings USING (holder)
    WHERE first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'had-predecessor' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(had_one) AS value FROM newcomers GROUP BY place
UNION ALL SELECT 'from-predecessor' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(sum(had_one)) AS value FROM newcomers GROUP BY place
UNION ALL SELECT if(had_one = 1, 'active-with', 'active-without') AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_active) AS value FROM newcomers GROUP BY figure, place
