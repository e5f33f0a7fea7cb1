, stock AS (SELECT place, count() AS holders FROM residents WHERE valid_at_end GROUP BY place),
took_part AS (
    SELECT residents.place AS place, residents.tariff AS tariff, doings.times AS times, doings.sectors AS sectors,
        multiIf(times = 1, '1', times <= 3, '2-3', times <= 6, '4-6', times <= 12, '7-12', '13+') AS frequency
    FROM residents
    INNER JOIN doings ON doings.holder = residents.holder
    WHERE doings.times > 0
)
SELECT 'participations-per-1000' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 1000 * sum(times) / any(stock.holders) AS value
FROM took_part INNER JOIN stock USING (place) GROUP BY place
