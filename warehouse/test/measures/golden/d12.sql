, lately AS (SELECT holder, organizer, venue FROM visits WHERE day > {lastDay:Date} - 28 AND day <= {lastDay:Date}),
known_organizers AS (SELECT DISTINCT organizer FROM organizers FINAL WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date})
SELECT 'active-holders' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * (SELECT uniqExact(holder) FROM lately) / countIf(valid_at_end) AS value FROM people
UNION ALL SELECT 'holders' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(countIf(valid_at_end)) AS value FROM people
UNION ALL SELECT 'active-organizers' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * (SELECT uniqExact(organizer) FROM lately) / count() AS value FROM known_organizers
UNION ALL SELECT 'organizers' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM known_organizers
UNION ALL SELECT 'active-municipalities' AS figure, 'all' AS place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(uniqExactIf(venue, venue > 0)) AS value FROM lately
