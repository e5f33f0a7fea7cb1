, own AS (
    SELECT visits.*, concat('organizer:', organizer) AS place FROM visits WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
SELECT 'participations' AS figure, place, [('event', toString(event_number))] AS cell, toFloat64(count()) AS value FROM own GROUP BY place, event_number
UNION ALL SELECT 'social-tariff' AS figure, place, [('event', toString(event_number))] AS cell, 100 * avg(tariff = 'KT') AS value FROM own GROUP BY place, event_number HAVING count() >= 30
UNION ALL SELECT 'new' AS figure, place, [('event', toString(event_number))] AS cell, 100 * avg(first_day >= {firstDay:Date}) AS value
FROM own INNER JOIN (SELECT organizer, holder, min(day) AS first_day FROM visits GROUP BY organizer, holder) AS met USING (organizer, holder)
GROUP BY place, event_number HAVING count() >= 30
UNION ALL SELECT 'without-social-tariff' AS figure, place, [('event', toString(event_number))] AS cell, 100 * uniqExactIf(holder, tariff = 'OTHER') / uniqExact(holder) AS value FROM own GROUP BY place, event_number
