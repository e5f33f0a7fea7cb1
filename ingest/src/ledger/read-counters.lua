-- read-counters: guard counters of one lane as they stand, many with one call. Stands behind counter.lua.
--
-- KEYS  hashes of counters or arrays of balances, one for each counter that is asked for; the same one may come again
-- ARGV  the field of each, of a balance '#' and its place
-- Reply one text: the values in the order of the keys, joined by spaces; 0 where nothing was counted yet

local values = {}
for index, key in ipairs(KEYS) do
  values[index] = string.format('%.0f', readCounter(key, ARGV[index]))
end
return table.concat(values, ' ')
