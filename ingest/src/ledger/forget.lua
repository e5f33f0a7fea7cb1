-- forget: drops what is kept for a request when it is the failure of an attempt that was abandoned, so that the request can be
-- made again.
--
-- KEYS  the hashes of answers that may hold it
-- ARGV  1 id of the request   2 the answer that the attempt kept; it names the attempt
-- Reply 1 dropped, 0 something else is kept there, or nothing

local tail = '\n' .. ARGV[2]
for _, key in ipairs(KEYS) do
  local kept = redis.call('HGET', key, ARGV[1])
  if kept and string.sub(kept, -#tail) == tail then return redis.call('HDEL', key, ARGV[1]) end
end
return 0
