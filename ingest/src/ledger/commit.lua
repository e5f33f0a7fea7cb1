-- commit: decides the items of one micro-batch of one lane, in order, and journals those that hold. All or nothing.
--
-- KEYS  1 journal   2 registry version   3 changed entities   4 prefix of the hashes of answers   5 records that wait
--       then the hashes of counters (how many: see the program)
-- ARGV  1 program: JSON array of integers, see below
--       2 seen registry: '' when every item saw the current version or names no entity; else a line for each item,
--         '<version> <entity> <entity> …', empty for an item that names none
--       then one field name for each counter, then one id for each request key, then the texts of the items in order: for
--       each request key its fingerprint and its answer, then the record, then the record of `otherwise`
-- program
--       version that all items saw (-1: they differ, ask the lines)
--       number of hashes, for each: epoch ms at which it expires, 0 for never or when it is known to be set
--       number of counters, for each: the number of its hash (from 1)
--       number of request keys
--       number of items, for each:
--         number of its request key (from 1), 0 for none
--         1 entry, 0 only an answer to remember, 2 entry with otherwise, 3 entry with further records
--         of an entry with further records: how many; their texts stand behind the record
--         for each entry: number of guards, for each: counter (from 1), add, at most, at least (±2^53 for no bound);
--         of a guard without bounds only the negative counter and add
-- Reply one array: a text with a line for each item, then the answers of the replayed items in order
--       c<position> <value> …     committed; a value for each guard
--       o<position> <value> …     `otherwise` was committed
--       f<guard, from 0> <value>  that guard failed; the counter as it stands
--       m                         remembered
--       x                         the request key has another fingerprint
--       s                         stale
--       r<line>                   replayed
-- Errors ZUIL… : refused in phase 1, nothing was written. OOM, MISCONF and the like come from the first write: nothing
--       was written either. Any other error is a defect.
--
-- Phase 1 reads, parses and decides. Phase 2 has only calls that cannot fail: the types of keys were proved by reading
-- them, values are bounded integers. A script that fails half-way would keep what it wrote.

local call, floor = redis.call, math.floor
local LIMIT = 9007199254740992
-- As in core/src/contracts/redis-keys.ts.
local CHANGED_ENTITIES_MAX = 10000
-- As in core/src/contracts/journal.ts.
local ENTRY_RECORDS_MAX, ENTRY_BYTES_MAX, ENTRIES_PER_MS_MAX = 512, 28000, 96
local KEYS_FIXED = 5
local DAY_S = 86400
-- How far the clock of Redis may be set back without an answer being overlooked.
local CLOCK_SET_BACK_S = 3600

local p = cjson.decode(ARGV[1])
local at = 0
local function nextNumber()
  at = at + 1
  return p[at]
end

local function isInteger(x)
  return x ~= nil and x == floor(x) and x >= -LIMIT and x <= LIMIT
end

-- phase 1 ------------------------------------------------------------------------------------------------------------

local seenVersion = p[1]
at = 1

local hashes = nextNumber()
local hashExpiry = {}
for h = 1, hashes do
  hashExpiry[h] = nextNumber()
end

local counters = nextNumber()
local counterHash, value, changed = {}, {}, {}
for c = 1, counters do
  local h = nextNumber()
  counterHash[c] = h
  local text = call('HGET', KEYS[KEYS_FIXED + h], ARGV[2 + c])
  if text then
    local n = tonumber(text)
    if not isInteger(n) then
      return redis.error_reply('ZUILVALUE a counter is not an integer')
    end
    value[c] = n
  else
    value[c] = 0
  end
end

-- Answers stand in hashes of a day, one for each first character of their ids, and expire with the hash: an answer is found
-- today and tomorrow, so for 24 hours at least. Their names are made here because the day is that of Redis' clock, which is
-- the same for every caller; the prefix has the lane's hash tag, so a cluster keeps them in the lane's slot.
local requests = nextNumber()
local requestId, known = {}, {}
local parts, partOf = {}, {}
for r = 1, requests do
  local id = ARGV[2 + counters + r]
  requestId[r] = id
  local part = string.sub(id, 1, 1)
  if not partOf[part] then
    partOf[part] = {}
    parts[#parts + 1] = part
  end
  table.insert(partOf[part], r)
end

local today
local function answersKey(day, part)
  return KEYS[4] .. string.format('%.0f', day) .. ':' .. part
end

-- Puts the kept answers of one hash into `known`: fingerprint, outcome, answer. False when one cannot be read.
local function readAnswers(day, part)
  local members, ids = partOf[part], {}
  for m, r in ipairs(members) do ids[m] = requestId[r] end
  -- A call has some hundred items at most, so they fit.
  for m, stored in ipairs(call('HMGET', answersKey(day, part), unpack(ids))) do
    if stored then
      local print, line, kept = string.match(stored, '^(%S+) ([^\n]*)\n(.*)$')
      if not print then return false end
      known[members[m]] = { print, line, kept }
    end
  end
  return true
end

if requests > 0 then
  local seconds = tonumber(call('TIME')[1])
  today = floor(seconds / DAY_S)
  local days = { today - 1, today }
  if seconds % DAY_S >= DAY_S - CLOCK_SET_BACK_S then days[3] = today + 1 end
  for _, day in ipairs(days) do
    for _, part in ipairs(parts) do
      if not readAnswers(day, part) then
        return redis.error_reply('ZUILVALUE a kept answer cannot be read')
      end
    end
  end
end

-- Numbers as Redis writes integers; Lua itself would turn large ones into 1e+14.
local texts = {}
local function textOf(n)
  local known = texts[n]
  if not known then
    known = string.format('%.0f', n)
    texts[n] = known
  end
  return known
end

-- Read to prove that it can be added to.
if not isInteger(tonumber(call('GET', KEYS[5]) or '0')) then
  return redis.error_reply('ZUILVALUE the number of waiting records is not an integer')
end

local current = tonumber(call('GET', KEYS[2]) or '0')
local lines
if ARGV[2] ~= '' and seenVersion ~= current then
  lines = {}
  for line in string.gmatch(ARGV[2], '([^\n]*)\n') do
    lines[#lines + 1] = line
  end
end

local oldestKept
local function isStale(line)
  if line == '' then return false end
  local version = tonumber(string.match(line, '^%d+'))
  if version == current then return false end
  if version > current then return true end
  if not oldestKept then
    oldestKept = 0
    if call('ZCARD', KEYS[3]) >= CHANGED_ENTITIES_MAX then
      oldestKept = tonumber(call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2])
    end
  end
  if version < oldestKept then return true end
  for entity in string.gmatch(line, ' (%S+)') do
    local changedAt = call('ZSCORE', KEYS[3], entity)
    if changedAt and tonumber(changedAt) > version then return true end
  end
  return false
end

-- Adds the guards that begin behind `first` to the counters. When one fails all are taken back, and its number from 0 and the
-- value there are returned. Tables are not made here: this runs for every item.
local function apply(first, count)
  local i = first
  for g = 1, count do
    local c, add = p[i + 1], p[i + 2]
    if c < 0 then
      value[-c] = value[-c] + add
      i = i + 2
    else
      local new = value[c] + add
      if not (new <= p[i + 3] and new >= p[i + 4]) then
        i = first
        for _ = 1, g - 1 do
          local back = p[i + 1]
          value[back < 0 and -back or back] = value[back < 0 and -back or back] - p[i + 2]
          i = i + (back < 0 and 2 or 4)
        end
        return g - 1, value[c]
      end
      value[c] = new
      i = i + 4
    end
  end
end

-- Marks the counters of these guards as changed; returns their values with a space before each, or nil when one is too large.
local function valuesOf(first, count)
  local line, i = '', first
  for _ = 1, count do
    local c = p[i + 1]
    i = i + (c < 0 and 2 or 4)
    if c < 0 then c = -c end
    if not isInteger(value[c]) then return nil end
    changed[c] = true
    line = line .. ' ' .. textOf(value[c])
  end
  return line
end

-- Passes over the guards of an entry; returns their number and where they begin.
local function skipGuards()
  local count = nextNumber()
  local first = at
  for _ = 1, count do
    at = at + (p[at + 1] < 0 and 2 or 4)
  end
  return count, first
end

local items = nextNumber()
local text = 2 + counters + requests
local kind, outcome, record, further, source = {}, {}, {}, {}, {}
-- For each request key that this call takes: the item that took it.
local takenBy = {}
local writes = false

for i = 1, items do
  local request = nextNumber()
  local shape = nextNumber()
  local fingerprint, answer, entryText, otherwiseText
  if request > 0 then
    fingerprint, answer = ARGV[text + 1], ARGV[text + 2]
    text = text + 2
  end
  local first, count, otherFirst, otherCount, furtherTexts
  if shape > 0 then
    entryText = ARGV[text + 1]
    text = text + 1
    if shape == 3 then
      furtherTexts = { first = text, count = nextNumber() }
      text = text + furtherTexts.count
    end
    count, first = skipGuards()
    if shape == 2 then
      otherwiseText = ARGV[text + 1]
      text = text + 1
      otherCount, otherFirst = skipGuards()
    end
  end

  local seen = known[request]
  if seen then
    if seen[1] == fingerprint then
      kind[i], source[i] = 'r', seen
    else
      kind[i] = 'x'
    end
  elseif lines and isStale(lines[i]) then
    kind[i] = 's'
  elseif shape == 0 then
    kind[i], outcome[i] = 'm', 'm'
  else
    local failed, found = apply(first, count)
    if not failed then
      kind[i], record[i], further[i] = 'c', entryText, furtherTexts
    elseif shape == 2 then
      apply(otherFirst, otherCount)
      kind[i], first, count = 'o', otherFirst, otherCount
      record[i] = otherwiseText
    else
      kind[i], outcome[i] = 'f', 'f' .. failed .. ' ' .. textOf(found)
    end
    if record[i] then
      writes = true
      outcome[i] = valuesOf(first, count)
      if not outcome[i] then
        return redis.error_reply('ZUILVALUE a counter leaves the integers')
      end
    end
  end
  if request > 0 and not seen and kind[i] ~= 's' then
    known[request] = { fingerprint, '', answer }
    takenBy[request] = i
  end
end

-- phase 2 ------------------------------------------------------------------------------------------------------------

-- The first write may be refused (memory, disk, replica): then nothing is written, and the refusal is the reply.
local isFirst = true
local function write(...)
  if not isFirst then return call(...) end
  local result = redis.pcall(...)
  if type(result) == 'table' and result.err then return nil, result end
  isFirst = false
  return result
end

-- Records go into entries of the stream together: that takes a fraction of the time and room of an entry for each. The n-th
-- record of an entry (from 0) has the sequence of the entry times ENTRY_RECORDS_MAX, plus n.
local NOTHING_FURTHER = { count = 0 }
local journalled = 0
local entryTexts, entryItems, entryBytes = {}, {}, 0

local function endEntry()
  if #entryTexts == 0 then return end
  local id, refused = write('XADD', KEYS[1], '*', 'r', table.concat(entryTexts, '\n'))
  if refused then return refused end
  local ms, number = string.match(id, '^(%d+)-(%d+)$')
  number = tonumber(number)
  for n, i in pairs(entryItems) do
    outcome[i] = kind[i] .. ms .. '-' .. (number * ENTRY_RECORDS_MAX + n) .. outcome[i]
  end
  -- While the clock stands still or is set back the entries of a millisecond grow in number; a sequence has 16 bits.
  if number >= ENTRIES_PER_MS_MAX then
    call('XSETID', KEYS[1], string.format('%.0f', tonumber(ms) + 1) .. '-0')
  end
  journalled = journalled + #entryTexts
  entryTexts, entryItems, entryBytes = {}, {}, 0
end

for i = 1, items do
  if record[i] then
    local more = further[i] or NOTHING_FURTHER
    local count, bytes = 1 + more.count, #record[i]
    for n = 1, more.count do bytes = bytes + #ARGV[more.first + n] end
    if #entryTexts + count > ENTRY_RECORDS_MAX or entryBytes + bytes > ENTRY_BYTES_MAX then
      local refused = endEntry()
      if refused then return refused end
    end
    entryItems[#entryTexts] = i
    entryTexts[#entryTexts + 1] = record[i]
    -- Right behind it, so the positions follow from the first.
    for n = 1, more.count do entryTexts[#entryTexts + 1] = ARGV[more.first + n] end
    entryBytes = entryBytes + bytes + count
  end
end
local refused = endEntry()
if refused then return refused end
if journalled > 0 then call('INCRBY', KEYS[5], journalled) end

for _, part in ipairs(parts) do
  local fields = {}
  for _, r in ipairs(partOf[part]) do
    if takenBy[r] then
      local entry = known[r]
      entry[2] = outcome[takenBy[r]]
      fields[#fields + 1] = requestId[r]
      fields[#fields + 1] = entry[1] .. ' ' .. entry[2] .. '\n' .. entry[3]
    end
  end
  if #fields > 0 then
    local key = answersKey(today, part)
    local _, refused = write('HSET', key, unpack(fields))
    if refused then return refused end
    -- To the end of tomorrow, and as long as the clock may be set back.
    call('PEXPIREAT', key, string.format('%.0f', ((today + 2) * DAY_S + CLOCK_SET_BACK_S) * 1000), 'NX')
  end
end

if writes then
  for c = 1, counters do
    if changed[c] then
      local h = counterHash[c]
      local key = KEYS[KEYS_FIXED + h]
      call('HSET', key, ARGV[2 + c], textOf(value[c]))
      if hashExpiry[h] > 0 then
        call('PEXPIREAT', key, hashExpiry[h], 'NX')
        hashExpiry[h] = 0
      end
    end
  end
end

local result, replies = { '' }, {}
for i = 1, items do
  local k = kind[i]
  if k == 'r' then
    replies[i] = 'r' .. source[i][2]
    result[#result + 1] = source[i][3]
  else
    replies[i] = outcome[i] or k
  end
end
result[1] = table.concat(replies, '\n')
return result
