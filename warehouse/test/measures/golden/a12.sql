, sold AS (
    SELECT counted.*, toYear({lastDay:Date}) - birth_year AS years,
        multiIf(birth_year = 0 OR years < 0, 'UNKNOWN', years < 12, '0-11', years < 18, '12-17', years < 30, '18-29', years < 65, '30-64', '65+') AS age_coarse,
        arrayJoin(arrayConcat(['all', concat('municipality:', toString(home))], arrayMap(system -> concat('region:', toString(system)), systems))) AS place
    FROM counted
    LEFT JOIN regions ON regions.nis = counted.home
    WHERE kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
        AND holder NOT IN (SELECT holder FROM holders WHERE pass_type = 'GROUP')
)
SELECT 'participant' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, 100 * sum(price) / sum(regular_price) AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse)) HAVING sum(regular_price) > 0
UNION ALL SELECT 'participant-euro' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, sum(price) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'organizer' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, 100 * sum(organizer_share) / sum(regular_price) AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse)) HAVING sum(regular_price) > 0
UNION ALL SELECT 'organizer-euro' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, sum(organizer_share) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'local-government' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, 100 * sum(local_government_share) / sum(regular_price) AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse)) HAVING sum(regular_price) > 0
UNION ALL SELECT 'local-government-euro' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, sum(local_government_share) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'flemish-government' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, 100 * sum(flemish_government_share) / sum(regular_price) AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse)) HAVING sum(regular_price) > 0
UNION ALL SELECT 'flemish-government-euro' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, sum(flemish_government_share) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'regular-price' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, sum(regular_price) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'government-per-ticket' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, avg(local_government_share) / 100 AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
UNION ALL SELECT 'tickets' AS figure, place, arrayFilter(pair -> pair.2 != '', [('age-coarse', toString(age_coarse))]) AS cell, toFloat64(count()) AS value FROM sold GROUP BY GROUPING SETS ((place), (place, age_coarse))
