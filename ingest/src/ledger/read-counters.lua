-- read-counters: guard counters of one lane as they stand, many with one call.
--
-- KEYS  hashes of counters or arrays of balances, one for each counter that is asked for; the same one may come again
-- ARGV  the field of each, of a balance '#' and its place
-- Reply one text: the values in the order of the keys, joined by spaces; 0 where nothing was counted yet

local values = {}
for index, key in ipairs(KEYS) do
  local field = ARGV[index]
  if string.sub(field, 1, 1) == '#' then
    values[index] = string.format('%.0f', redis.call('BITFIELD_RO', key, 'GET', 'i64', field)[1])
  else
    values[index] = redis.call('HGET', key, field) or '0'
  end
end
return table.concat(values, ' ')
