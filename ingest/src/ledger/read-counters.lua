-- read-counters: guard counters of one lane as they stand, many with one call.
--
-- KEYS  hashes of counters, one for each counter that is asked for; the same one may come again
-- ARGV  the field of each
-- Reply one text: the values in the order of the keys, joined by spaces; 0 where nothing was counted yet

local values = {}
for index, key in ipairs(KEYS) do
  values[index] = redis.call('HGET', key, ARGV[index]) or '0'
end
return table.concat(values, ' ')
