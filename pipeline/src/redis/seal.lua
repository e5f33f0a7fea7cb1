-- Freezes the next range of a lane's journal.
-- KEYS  1 sealed (position)  2 range (number)  3 ranges (hash)  4 journal (stream)
-- ARGV  1 position that the caller saw in `sealed`  2 last position of the new range  3 JSON of the SealedRange
--       4 id of the entry that holds that position
-- Gives the number of the range, or 0 when somebody else sealed first; nothing is written then.
-- The caller read the records between the two positions itself: a stream only grows at its end, so they cannot have changed.
local sealed = redis.call('GET', KEYS[1]) or '0-0'
if sealed ~= ARGV[1] then return 0 end
if #redis.call('XRANGE', KEYS[4], ARGV[4], ARGV[4]) ~= 1 then return 0 end
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
if not (last and last >= 0 and last < 9007199254740991) then return redis.error_reply('ZUILRANGE the range number is not a number') end
local number = last + 1
local text = string.format('%.0f', number)
redis.call('HSET', KEYS[3], text, ARGV[3])
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], ARGV[2])
return number
