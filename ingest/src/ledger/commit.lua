-- commit: decides the items of one micro-batch of one lane, in order, and journals those that hold. All or nothing.
--
-- KEYS  1 journal   2 registry version   3 changed entities   4 prefix of the hashes of answers   5 records that wait
--       then the hashes of counters and arrays of balances, one for each command
-- ARGV  1 program: JSON, see below
--       2 seen registry: '' when no item names an entity; else a line for each item, '<version> <entity> <entity> …', empty for
--         an item that names none
--       3 texts that records share, a line each as core/src/contracts/journal-entry.ts says, the first one whole; '' when there are none
--       4 the records as proposed, a line each as it says, further records behind theirs
--       5 the records of `otherwise`, a line each, or only the number of its shared text when the rest is as proposed; both without
--         a line feed at the end
--       6 the texts that only those share, likewise: their numbers are of these lines, which go behind the others when they are used
--       then for each counter its field, of a balance '#' and its place (those of one key together), the ids of the request keys (those of one part together), the fingerprints of the
--       items that have a request key, in order of the items, and the texts of answers
-- program, an array of arrays
--       1 version that all items saw (-1: they differ, ask the lines)
--       2 for each command: epoch ms at which its hash expires, or the last place that its array must have; 0 when it is known
--       3 for each command: how many counters it takes, below 0 for balances (all numbers from 1)
--       4 for each part of the answers: how many of the ids are of it
--       5, 6, 7 for each guard: add, at most, at least (±1e300 for no bound)
--       8 for each form of an entry: its guards      9 the guards of its `otherwise`, 0 without      10 its further records
--       11 for each item: its form, 0 when there is only an answer to remember
--       12 counters of the guards of all items, in order, those of `otherwise` behind the others
--       13 for each item: number of its request key, 0 for none
--       14 for each item with a request key: number of its answer
-- Reply one array: a text of lines, then the answers of the replayed items in order. The first line is the id of the entry, empty
--       when nothing was journalled; then one for each item
--       c <value> …               committed, in the order of the entry; a value for each guard
--       o <value> …               `otherwise` was committed
--       f<guard, from 0> <value>  that guard failed; the counter as it stands
--       m                         remembered
--       x                         the request key has another fingerprint
--       s                         stale
--       r<line>                   replayed; committed ones with their position behind the letter
-- Errors ZUIL… : refused in phase 1, nothing was written. OOM, MISCONF and the like come from the first write: nothing
--       was written either. Any other error is a defect.
--
-- Phase 1 reads, parses and decides. Phase 2 has only calls that cannot fail: the types of keys were proved by reading
-- them, values are bounded integers. A script that fails half-way would keep what it wrote. No tables, functions or texts are made
-- for an item where it can be helped: this runs for every check-in.

-- Locals are found faster than what is global.
local KEYS, ARGV, call, tonumber = KEYS, ARGV, redis.call, tonumber
local floor, format = math.floor, string.format
local LIMIT = 9007199254740992
-- As in core/src/contracts/redis-keys.ts.
local CHANGED_ENTITIES_MAX = 10000
-- As in core/src/contracts/journal-entry.ts.
local ENTRY_RECORDS_MAX, ENTRIES_PER_MS_MAX = 512, 96
local KEYS_FIXED, ARGV_FIXED = 5, 6
local DAY_S = 86400
-- How far the clock of Redis may be set back without an answer being overlooked.
local CLOCK_SET_BACK_S = 3600

local program = cjson.decode(ARGV[1])
local seenVersion, beginning, counterCounts, partCounts = program[1], program[2], program[3], program[4]
local add, atMost, atLeast = program[5], program[6], program[7]
local formGuards, formOtherwise, formFurther = program[8], program[9], program[10]
local itemForm, itemCounters, itemRequest, requestAnswer = program[11], program[12], program[13], program[14]
local items, commands, counters = #itemForm, #counterCounts, 0
for h = 1, commands do counters = counters + math.abs(counterCounts[h]) end
local ids = ARGV_FIXED + counters
local fingerprints = ids
for p = 1, #partCounts do fingerprints = fingerprints + partCounts[p] end
local answers = fingerprints + #requestAnswer

local function isInteger(x)
  return x ~= nil and x == floor(x) and x >= -LIMIT and x <= LIMIT
end

-- Numbers as Redis writes integers; Lua itself would turn large ones into 1e+14.
local texts = {}
local function textOf(n)
  local text = format('%.0f', n)
  texts[n] = text
  return text
end

-- phase 1 ------------------------------------------------------------------------------------------------------------

local value, from = {}, 1
for h = 1, commands do
  local key, count, found = KEYS[KEYS_FIXED + h], counterCounts[h], nil
  if count > 0 then
    found = call('HMGET', key, unpack(ARGV, ARGV_FIXED + from, ARGV_FIXED + from + count - 1))
  else
    local ask = {}
    for n = 1, -count do
      ask[3 * n - 2], ask[3 * n - 1], ask[3 * n] = 'GET', 'i64', ARGV[ARGV_FIXED + from + n - 1]
    end
    found = call('BITFIELD_RO', key, unpack(ask))
  end
  for n = 1, #found do
    local number = tonumber(found[n] or 0)
    if not isInteger(number) then return redis.error_reply('ZUILVALUE a counter is not an integer') end
    value[from] = number
    from = from + 1
  end
end

-- Answers stand in hashes of a day, one for each last character of their ids, and expire with the hash: an answer is found
-- today and tomorrow, so for 24 hours at least. Their names are made here because the day is that of Redis' clock, which is
-- the same for every caller; the prefix has the lane's hash tag, so a cluster keeps them in the lane's slot.
local today
local function answersKey(day, id)
  return KEYS[4] .. format('%.0f', day) .. ':' .. string.sub(id, -1)
end

-- What stands under a request key: the fingerprint, the outcome as a line, the answer. Or the item of this call that took it.
local knownPrint, knownLine, knownAnswer, takenBy = {}, {}, {}, {}

-- False when an answer cannot be read.
local function readAnswers(day, first, count)
  local found = call('HMGET', answersKey(day, ARGV[ids + first]), unpack(ARGV, ids + first, ids + first + count - 1))
  for n = 1, count do
    local stored = found[n]
    if stored then
      local r = first + n - 1
      knownPrint[r], knownLine[r], knownAnswer[r] = string.match(stored, '^(%S+) ([^\n]*)\n(.*)$')
      if not knownPrint[r] then return false end
    end
  end
  return true
end

if #partCounts > 0 then
  local seconds = tonumber(call('TIME')[1])
  today = floor(seconds / DAY_S)
  for day = today - 1, seconds % DAY_S >= DAY_S - CLOCK_SET_BACK_S and today + 1 or today do
    local first = 1
    for p = 1, #partCounts do
      if not readAnswers(day, first, partCounts[p]) then
        return redis.error_reply('ZUILVALUE a kept answer cannot be read')
      end
      first = first + partCounts[p]
    end
  end
end

-- Read to prove that it can be added to.
if not isInteger(tonumber(call('GET', KEYS[5]) or '0')) then
  return redis.error_reply('ZUILVALUE the number of waiting records is not an integer')
end

local current = tonumber(call('GET', KEYS[2]) or '0')
local lines
if ARGV[2] ~= '' and seenVersion ~= current then
  lines = {}
  for line in string.gmatch(ARGV[2] .. '\n', '([^\n]*)\n') do
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

-- Adds the guards to the counters behind `at`. When one fails all are taken back, and its number from 0 and the value there are
-- returned.
local function apply(guards, at)
  for g = 1, #guards do
    local guard, c = guards[g], itemCounters[at + g]
    local new = value[c] + add[guard]
    if not (new <= atMost[guard] and new >= atLeast[guard]) then
      for back = g - 1, 1, -1 do
        local counter = itemCounters[at + back]
        value[counter] = value[counter] - add[guards[back]]
      end
      return g - 1, value[c]
    end
    value[c] = new
  end
end

local changed = {}

-- The value of the counter at a place of `itemCounters`, as it stands now.
local function valueText(place)
  local n = value[itemCounters[place]]
  return texts[n] or textOf(n)
end

-- Marks the counters of these guards as changed; returns their values with a space before each and a line feed at the end, or nil
-- when one is too large.
local function valuesOf(guards, at)
  local count = #guards
  for g = 1, count do
    local c = itemCounters[at + g]
    local n = value[c]
    if not (n <= LIMIT and n >= -LIMIT) then return nil end
    changed[c] = true
  end
  -- Nearly all have one or two, and each text on the way would be made and looked up.
  if count == 1 then return ' ' .. valueText(at + 1) .. '\n' end
  if count == 2 then return ' ' .. valueText(at + 1) .. ' ' .. valueText(at + 2) .. '\n' end
  local line = {}
  for g = 1, count do line[g] = ' ' .. valueText(at + g) end
  return table.concat(line) .. '\n'
end

-- kind: a letter as in the reply. rest: what stands behind it, with a line feed.
local kind, rest = {}, {}
local at, withRequest, journalled = 0, 0, 0
local isAsProposed = true

for i = 1, items do
  local form, r = itemForm[i], itemRequest[i]
  local fingerprint, seen
  if r > 0 then
    withRequest = withRequest + 1
    fingerprint = ARGV[fingerprints + withRequest]
    seen = knownPrint[r]
  end
  if seen then
    kind[i], rest[i] = seen == fingerprint and 'r' or 'x', '\n'
  elseif lines and isStale(lines[i]) then
    kind[i], rest[i] = 's', '\n'
  elseif form == 0 then
    kind[i], rest[i] = 'm', '\n'
  else
    local guards, otherwise = formGuards[form], formOtherwise[form]
    local failed, found = apply(guards, at)
    if not failed then
      kind[i], rest[i] = 'c', valuesOf(guards, at)
      journalled = journalled + 1 + formFurther[form]
    elseif otherwise == 0 then
      kind[i], rest[i] = 'f', format('%.0f %.0f\n', failed, found)
    else
      apply(otherwise, at + #guards)
      kind[i], rest[i] = 'o', valuesOf(otherwise, at + #guards)
      journalled = journalled + 1
    end
    if not rest[i] then
      return redis.error_reply('ZUILVALUE a counter leaves the integers')
    end
  end
  if form > 0 then
    at = at + #formGuards[form] + (formOtherwise[form] == 0 and 0 or #formOtherwise[form])
    if kind[i] ~= 'c' then isAsProposed = false end
  end
  if r > 0 and not seen and kind[i] ~= 's' then
    knownPrint[r], takenBy[r] = fingerprint, i
    knownAnswer[r] = ARGV[answers + requestAnswer[withRequest]]
  end
end

if journalled > ENTRY_RECORDS_MAX then
  return redis.error_reply('ZUILVALUE more records than an entry holds')
end

-- The records of the items that were committed: mostly all that were proposed, and then nothing has to be taken apart.
local records, shared = ARGV[4], ARGV[3]
if journalled > 0 and not isAsProposed then
  local kept, proposed, others = {}, string.gmatch(records, '[^\n]+'), string.gmatch(ARGV[5], '[^\n]+')
  local before, hasOthers = shared == '' and 0 or select(2, string.gsub(shared, '\n', '')) + 1, false
  for i = 1, items do
    local form = itemForm[i]
    if form > 0 then
      local own = proposed()
      if kind[i] == 'c' then kept[#kept + 1] = own end
      for _ = 1, formFurther[form] do
        local text = proposed()
        if kind[i] == 'c' then kept[#kept + 1] = text end
      end
      local text = formOtherwise[form] ~= 0 and others()
      if kind[i] == 'o' then
        local number, behind = string.match(text, '^(%d+)(.*)$')
        if number then
          hasOthers = true
          text = format('%.0f', number + before) .. (behind == '' and string.match(own, ',.*') or behind)
        end
        kept[#kept + 1] = text
      end
    end
  end
  records = table.concat(kept, '\n')
  if hasOthers then shared = (before == 0 and '' or shared .. '\n') .. ARGV[6] end
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

-- Records go into an entry of the stream together: that takes a fraction of the time and room of an entry for each. The n-th
-- record of an entry (from 0) has the sequence of the entry times ENTRY_RECORDS_MAX, plus n.
local entry, ms, first = '', '', 0
if journalled > 0 then
  local refused
  if shared == '' then
    entry, refused = write('XADD', KEYS[1], '*', 'r', records)
  else
    entry, refused = write('XADD', KEYS[1], '*', 'r', records, 's', shared)
  end
  if refused then return refused end
  local number
  ms, number = string.match(entry, '^(%d+)-(%d+)$')
  number = tonumber(number)
  first = number * ENTRY_RECORDS_MAX
  -- While the clock stands still or is set back the entries of a millisecond grow in number; a sequence has 16 bits.
  if number >= ENTRIES_PER_MS_MAX then
    call('XSETID', KEYS[1], format('%.0f', tonumber(ms) + 1) .. '-0')
  end
  call('INCRBY', KEYS[5], journalled)
end

-- What is kept: the fingerprint, the line (of what was committed with its position), the answer.
local kept = {}
if #partCounts > 0 then
  local position, toPosition = first, ms .. '-'
  for i = 1, items do
    local k, r = kind[i], itemRequest[i]
    local isTaken = takenBy[r] == i
    if k == 'c' or k == 'o' then
      if isTaken then kept[r] = knownPrint[r] .. ' ' .. k .. toPosition .. position .. rest[i] .. knownAnswer[r] end
      position = position + 1 + (k == 'c' and formFurther[itemForm[i]] or 0)
    elseif isTaken then
      kept[r] = knownPrint[r] .. ' ' .. k .. rest[i] .. knownAnswer[r]
    end
  end
  local before = 0
  for p = 1, #partCounts do
    local fields, n = {}, 0
    for r = before + 1, before + partCounts[p] do
      if kept[r] then
        fields[n + 1] = ARGV[ids + r]
        fields[n + 2] = kept[r]
        n = n + 2
      end
    end
    if n > 0 then
      local key = answersKey(today, fields[1])
      local _, refused = write('HSET', key, unpack(fields))
      if refused then return refused end
      -- To the end of tomorrow, and as long as the clock may be set back.
      call('PEXPIREAT', key, format('%.0f', ((today + 2) * DAY_S + CLOCK_SET_BACK_S) * 1000), 'NX')
    end
    before = before + partCounts[p]
  end
end

from = 1
for h = 1, commands do
  local key, count = KEYS[KEYS_FIXED + h], counterCounts[h]
  local set, n, asked = {}, 0, beginning[h]
  for c = from, from + math.abs(count) - 1 do
    if changed[c] then
      if count < 0 then
        set[n + 1], set[n + 2] = 'SET', 'i64'
        n = n + 2
      end
      set[n + 1], set[n + 2] = ARGV[ARGV_FIXED + c], texts[value[c]] or textOf(value[c])
      n = n + 2
    end
  end
  if n > 0 then
    if count < 0 and asked > 0 then set[n + 1], set[n + 2], set[n + 3], set[n + 4] = 'INCRBY', 'i64', '#' .. asked, '0' end
    call(count < 0 and 'BITFIELD' or 'HSET', key, unpack(set))
    if count > 0 and asked > 0 then call('PEXPIREAT', key, asked, 'NX') end
  end
  from = from + math.abs(count)
end

local result, reply, parts = { '' }, { entry, '\n' }, 2
for i = 1, items do
  local k = kind[i]
  reply[parts + 1], reply[parts + 2] = k, rest[i]
  if k == 'r' then
    local r = itemRequest[i]
    -- What was kept by this call has its line in there.
    reply[parts + 2] = (takenBy[r] and string.match(kept[r], '^%S+ ([^\n]*)') or knownLine[r]) .. '\n'
    result[#result + 1] = knownAnswer[r]
  end
  parts = parts + 2
end
result[1] = table.concat(reply)
return result
