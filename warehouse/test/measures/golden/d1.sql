, lately AS (
    SELECT toString(channel) AS channel, toString(toUInt32(floor((toUnixTimestamp64Milli({now:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli(recorded_at)) / 10000))) AS step
    FROM transactions FINAL
    WHERE recorded_at > subtractHours({now:DateTime64(3, 'UTC')}, 1) AND recorded_at <= {now:DateTime64(3, 'UTC')}
)
SELECT 'accepted' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel), ('step', step)]) AS cell, toFloat64(count()) AS value FROM lately GROUP BY GROUPING SETS ((), (channel), (step))
UNION ALL SELECT 'per-second' AS figure, 'all' AS place, arrayFilter(pair -> pair.2 != '', [('channel', channel), ('step', step)]) AS cell, count() / if(step = '', 3600, 10) AS value FROM lately GROUP BY GROUPING SETS ((), (channel), (step))
