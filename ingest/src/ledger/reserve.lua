-- reserve: takes of the counters of one lane for an entry that will be committed in another one. All or nothing.
--
-- KEYS  1 reserved   2 registry version   3 changed entities, then the hashes of counters and arrays of balances
-- ARGV  1 id of the reservation
--       2 seen registry: '' to check nothing, else '<version> <entity> <entity> …'
--       3 program: JSON array of integers, see below
--       4 what is kept under the id until the commit is known; '' keeps nothing
--       then one field name for each counter
-- program
--       number of hashes, for each: epoch ms at which it expires, 0 for never
--       number of counters, for each: the number of its hash (from 1), what is added to it now
--       number of guards, for each: counter (from 1), add, at most, at least (±2^53 for no bound)
-- Reply one text
--       r<value> <value> …        reserved; for each guard its counter after all guards of this lane
--       f<guard, from 0> <value>  that guard failed; the counter as it stands
--       s                         the registry moved on
-- Errors ZUIL… : nothing was written. OOM, MISCONF and the like come from the first write: nothing was written either.
--
-- What is added now and what later is for the caller to say: a guard that is bounded counts at once, so that nobody exceeds
-- its bound meanwhile; one without a bound counts when the commit is known, because it cannot always be taken back. Stands behind
-- counter.lua.

local call = redis.call
local LIMIT = 9007199254740992
-- As in core/src/contracts/redis-keys.ts.
local CHANGED_ENTITIES_MAX = 10000
local KEYS_FIXED, ARGV_FIXED = 3, 4

local p = cjson.decode(ARGV[3])
local at = 0
local function nextNumber()
  at = at + 1
  return p[at]
end

local function textOf(n)
  return string.format('%.0f', n)
end

-- phase 1: read and decide

local function isStale(line)
  if line == '' then return false end
  local version = tonumber(string.match(line, '^%d+'))
  local current = tonumber(call('GET', KEYS[2]) or '0')
  if version == current then return false end
  if version > current then return true end
  if call('ZCARD', KEYS[3]) >= CHANGED_ENTITIES_MAX then
    if version < tonumber(call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2]) then return true end
  end
  for entity in string.gmatch(line, ' (%S+)') do
    local changedAt = call('ZSCORE', KEYS[3], entity)
    if changedAt and tonumber(changedAt) > version then return true end
  end
  return false
end

if isStale(ARGV[2]) then return 's' end

local hashes = nextNumber()
local expiry = {}
for h = 1, hashes do
  expiry[h] = nextNumber()
end

local counters = nextNumber()
local counterHash, added, before, value = {}, {}, {}, {}
for c = 1, counters do
  counterHash[c], added[c] = nextNumber(), nextNumber()
  local n = readCounter(KEYS[KEYS_FIXED + counterHash[c]], ARGV[ARGV_FIXED + c])
  if not (n and n == math.floor(n) and n >= -LIMIT and n <= LIMIT) then
    return redis.error_reply('ZUILVALUE a counter is not an integer')
  end
  before[c], value[c] = n, n
end

local guards = nextNumber()
local used = {}
for g = 1, guards do
  local c, add, atMost, atLeast = nextNumber(), nextNumber(), nextNumber(), nextNumber()
  local new = value[c] + add
  if not (new <= atMost and new >= atLeast) then
    return 'f' .. (g - 1) .. ' ' .. textOf(before[c])
  end
  if not (new >= -LIMIT and new <= LIMIT) then
    return redis.error_reply('ZUILVALUE a counter leaves the integers')
  end
  used[g] = c
  value[c] = new
end

-- phase 2: only calls that cannot fail; the first may be refused (memory, disk), then nothing is written

if ARGV[4] ~= '' then
  local time = call('TIME')
  local ms = textOf(tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
  local result = redis.pcall('HSET', KEYS[1], ARGV[1], ms .. ' ' .. ARGV[4])
  if type(result) == 'table' and result.err then return result end
  for c = 1, counters do
    if added[c] ~= 0 then
      local h = counterHash[c]
      writeCounter(KEYS[KEYS_FIXED + h], ARGV[ARGV_FIXED + c], before[c] + added[c], expiry[h])
    end
  end
end

local values = {}
for g = 1, guards do
  values[g] = textOf(value[used[g]])
end
return 'r' .. table.concat(values, ' ')
