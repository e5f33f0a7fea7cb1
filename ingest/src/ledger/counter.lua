-- counter: how one counter is read and written; stands in front of the scripts that take counters one by one.
--
-- A counter stands in a hash, or a balance in an array of 64-bit integers: then its field is '#' and its place. What stands where
-- is decided in core/src/contracts/redis-keys.ts.

-- The counter as it stands, 0 where nothing was counted yet; nil for what is no number.
local function readCounter(key, field)
  if string.sub(field, 1, 1) == '#' then return redis.call('BITFIELD_RO', key, 'GET', 'i64', field)[1] end
  return tonumber(redis.call('HGET', key, field) or '0')
end

-- expiresAt: epoch ms at which the hash expires when nothing says so yet, 0 for never.
local function writeCounter(key, field, value, expiresAt)
  local text = string.format('%.0f', value)
  if string.sub(field, 1, 1) == '#' then
    redis.call('BITFIELD', key, 'SET', 'i64', field, text)
  else
    redis.call('HSET', key, field, text)
  end
  if expiresAt > 0 and redis.call('PTTL', key) < 0 then redis.call('PEXPIREAT', key, expiresAt) end
end

