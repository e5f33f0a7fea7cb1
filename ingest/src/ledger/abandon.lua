-- abandon: whether the commit of a reservation came, and if not, that it never can: whoever writes the mark first decides.
--
-- KEYS  1 hash of the mark
-- ARGV  1 field of the mark   2 epoch ms at which the hash expires
-- Reply 1 committed, 2 abandoned, now or before; as in core/src/contracts/reservation.ts

local mark = redis.call('HGET', KEYS[1], ARGV[1])
if mark then return tonumber(mark) end
redis.call('HSET', KEYS[1], ARGV[1], '2')
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIREAT', KEYS[1], ARGV[2]) end
return 2
