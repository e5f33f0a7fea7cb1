-- forget: drops what is kept under a request key when it is the failure of an attempt that was abandoned, so that the request
-- can be made again.
--
-- KEYS  1 request key
-- ARGV  1 the answer that the attempt kept; it names the attempt
-- Reply 1 dropped, 0 something else is kept there, or nothing

local kept = redis.call('GET', KEYS[1])
local tail = '\n' .. ARGV[1]
if kept and string.sub(kept, -#tail) == tail then return redis.call('DEL', KEYS[1]) end
return 0
