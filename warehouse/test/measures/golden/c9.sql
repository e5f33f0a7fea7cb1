, paid AS (
    SELECT concat('organizer:', organizer) AS place, organizer_share, local_government_share + flemish_government_share AS back
    FROM counted WHERE kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'own-share' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, sum(organizer_share) / 100 AS value FROM paid GROUP BY place
UNION ALL SELECT 'reimbursed' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, sum(back) / 100 AS value FROM paid GROUP BY place
UNION ALL SELECT 'tickets' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM paid GROUP BY place
