-- Moves a lane's watermark up and trims the journal below it.
-- KEYS  1 loaded (position)  2 loaded-range (number)  3 ranges (hash)  4 journal (stream)
-- ARGV  1 number of the last loaded range that the caller saw  2 number of the last range loaded now
--       3 last position of that range  4 position right after it
-- Gives 1, or 0 when the watermark stands elsewhere or a range is not open; nothing is written then.
local before = tonumber(redis.call('GET', KEYS[2]) or '0')
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
if not (first and last and before == first and last > first and last - first <= 1000) then return 0 end
local fields = {}
for number = first + 1, last do
  local field = string.format('%.0f', number)
  if redis.call('HEXISTS', KEYS[3], field) ~= 1 then return 0 end
  fields[#fields + 1] = field
end
redis.call('SET', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], string.format('%.0f', last))
redis.call('HDEL', KEYS[3], unpack(fields))
redis.call('XTRIM', KEYS[4], 'MINID', ARGV[4])
return 1
