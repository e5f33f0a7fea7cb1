-- resolve: ends a reservation of one lane, once: settles it after the commit, or gives it back. See reserve.lua. Stands
-- behind counter.lua.
--
-- KEYS  1 reserved, then the hashes of counters and arrays of balances
-- ARGV  1 id of the reservation
--       2 program: JSON array of integers: for each counter the number of its hash (from 1), what is added to it, epoch ms at
--         which the hash expires (0 for never)
--       then one field name for each counter
-- Reply 1 when this call ended it, 0 when it was ended before
-- Errors ZUIL… : nothing was written. OOM, MISCONF and the like come from the first write: nothing was written either.

local call = redis.call
local MEMBERS = 3

-- phase 1: read
if call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
local p = cjson.decode(ARGV[2])
local counters = #p / MEMBERS
local key, field, value, expiresAt = {}, {}, {}, {}
for c = 1, counters do
  local at = (c - 1) * MEMBERS
  key[c], field[c], expiresAt[c] = KEYS[1 + p[at + 1]], ARGV[2 + c], p[at + 3]
  local n = readCounter(key[c], field[c])
  if not (n and n == math.floor(n)) then
    return redis.error_reply('ZUILVALUE a counter is not an integer')
  end
  value[c] = n + p[at + 2]
end

-- phase 2: only calls that cannot fail; the first may be refused, then nothing is written
local first = redis.pcall('HDEL', KEYS[1], ARGV[1])
if type(first) == 'table' and first.err then return first end
for c = 1, counters do
  writeCounter(key[c], field[c], value[c], expiresAt[c])
end
return 1
