SELECT 'finished' AS figure, place, arrayFilter(pair -> pair.2 != '', [('tariff', toString(tariff)), ('age', toString(age))]) AS cell, toFloat64(count()) AS value
FROM residents WHERE first_valid_day BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY GROUPING SETS ((place), (place, tariff), (place, age))
