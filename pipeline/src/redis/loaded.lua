-- Moves a lane's watermark up and trims the journal below it.
-- KEYS  1 loaded (position)  2 loaded-range (number)  3 ranges (hash)  4 journal (stream)  5 waiting (number of records)
-- ARGV  1 number of the last loaded range that the caller saw  2 number of the last range loaded now
--       3 last position of that range  4 id of the entry that holds it  5 its place in that entry, from 0
-- Gives 1, or 0 when the watermark stands elsewhere or a range is not open; nothing is written then.
local before = tonumber(redis.call('GET', KEYS[2]) or '0')
local waiting = tonumber(redis.call('GET', KEYS[5]) or '0')
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
if not (first and last and before == first and last > first and last - first <= 1000) then return 0 end
local fields, records = {}, 0
for number = first + 1, last do
  local field = string.format('%.0f', number)
  local range = redis.call('HGET', KEYS[3], field)
  if not range then return 0 end
  fields[#fields + 1] = field
  records = records + cjson.decode(range).count
end
-- An entry is trimmed when its last record is loaded.
local below = ARGV[4]
local entry = redis.call('XRANGE', KEYS[4], below, below)[1]
if entry then
  local _, lines = string.gsub(entry[2][2], '\n', '')
  if lines <= tonumber(ARGV[5]) then
    local ms, sequence = string.match(below, '^(%d+)-(%d+)$')
    below = ms .. '-' .. string.format('%.0f', tonumber(sequence) + 1)
  end
end
redis.call('SET', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], string.format('%.0f', last))
redis.call('HDEL', KEYS[3], unpack(fields))
redis.call('XTRIM', KEYS[4], 'MINID', below)
redis.call('SET', KEYS[5], string.format('%.0f', math.max(0, waiting - records)))
return 1
