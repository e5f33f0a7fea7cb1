-- put: writes entries of the registry of one lane, each whole or not at all, and tells everybody who follows.
--
-- KEYS  1 registry version   2 changed entities   3 registry stream   4 journal   5 hash of the entries
--       6 hash of what is sealed (the same as 5 when the entries hold nothing else that is sealed)   7 records that wait
-- ARGV  1 kind   2 entries that the registry stream may hold
--       then for each entry: key, content hash that the caller saw ('' for none), value ('' only moves the version, - takes the
--       entry out),
--       sealed text for hash 6 ('' for none), ciphertext for the stream, entity that changes, journal record ('' for none)
-- Values begin with their content hash of 22 characters and a space.
-- Reply one text, a letter for each entry: w written, u it was there already, x somebody else changed it meanwhile
-- Errors ZUILFULL the stream is full, nothing was written. OOM and the like: nothing was written either.

local HASH_LENGTH = 22
-- As in core/src/contracts/redis-keys.ts.
local CHANGED_ENTITIES_MAX = 10000
-- As in core/src/contracts/journal-entry.ts; and characters of an entry, so that it wastes nothing of the allocator's size of 28 kB.
local ENTRY_RECORDS_MAX, ENTRIES_PER_MS_MAX, ENTRY_BYTES_MAX = 512, 96, 28000
local MEMBERS = 7

-- phase 1: read and decide
if not tonumber(redis.call('GET', KEYS[7]) or '0') then
  return redis.error_reply('ZUILVALUE the number of waiting records is not an integer')
end
local version = tonumber(redis.call('GET', KEYS[1]) or '0')
if redis.call('XLEN', KEYS[3]) >= tonumber(ARGV[2]) then
  return redis.error_reply('ZUILFULL the registry stream waits to be copied')
end
local count = (#ARGV - 2) / MEMBERS
local letters, written, seen = {}, {}, {}
for i = 1, count do
  local at = 2 + (i - 1) * MEMBERS
  local key, expected, value = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  if value == '' then
    letters[i] = 'w'
    written[#written + 1] = at
  else
    local present = seen[key]
    if not present then
      local stored = redis.call('HGET', KEYS[5], key)
      present = stored and string.sub(stored, 1, HASH_LENGTH) or ''
    end
    local new = value == '-' and '' or string.sub(value, 1, HASH_LENGTH)
    if present == new then
      letters[i] = 'u'
    elseif present ~= expected then
      letters[i] = 'x'
    else
      letters[i] = 'w'
      written[#written + 1] = at
      seen[key] = new
    end
  end
end
if #written == 0 then return table.concat(letters) end

-- phase 2: only calls that cannot fail; the first may be refused (memory, disk), then nothing is written
local result = redis.pcall('SET', KEYS[1], string.format('%.0f', version + #written))
if type(result) == 'table' and result.err then return result end

-- Records go into entries of the journal together; see commit.lua.
local records, bytes, journalled = {}, 0, 0
local function endEntry()
  if #records == 0 then return end
  local id = redis.call('XADD', KEYS[4], '*', 'r', table.concat(records, '\n'))
  local ms, number = string.match(id, '^(%d+)-(%d+)$')
  if tonumber(number) >= ENTRIES_PER_MS_MAX then
    redis.call('XSETID', KEYS[4], string.format('%.0f', tonumber(ms) + 1) .. '-0')
  end
  journalled = journalled + #records
  records, bytes = {}, 0
end

for i, at in ipairs(written) do
  local key, value, sealed = ARGV[at + 1], ARGV[at + 3], ARGV[at + 4]
  local now = string.format('%.0f', version + i)
  if value == '-' then redis.call('HDEL', KEYS[5], key)
  elseif value ~= '' then redis.call('HSET', KEYS[5], key, value) end
  if sealed ~= '' then redis.call('HSET', KEYS[6], key, sealed) end
  redis.call('ZADD', KEYS[2], now, ARGV[at + 6])
  redis.call('XADD', KEYS[3], '*', 'version', now, 'kind', value == '' and 'touch' or ARGV[1], 'key', key, 'ciphertext', ARGV[at + 5])
  local record = ARGV[at + 7]
  if record ~= '' then
    if #records >= ENTRY_RECORDS_MAX or bytes + #record > ENTRY_BYTES_MAX then endEntry() end
    records[#records + 1] = record
    bytes = bytes + #record + 1
  end
end
endEntry()
if journalled > 0 then redis.call('INCRBY', KEYS[7], journalled) end
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -(CHANGED_ENTITIES_MAX + 1))
return table.concat(letters)
