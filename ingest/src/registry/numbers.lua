-- numbers: gives out dense numbers, once for each name, and gives cards to holders.
--
-- KEYS  1 the kind's hash, whose field '' holds the last number   2… hashes in which names are found
-- ARGV  number of groups, for each: owner ('' none, '0' nobody, else a holder's number), number of names,
--       for each name: number of its key (from 2), name
-- Values are '<number>' or, where groups have owners, '<number>:<owner>'.
-- Reply one text for each group: its numbers joined by spaces, or '!' when a name belongs to another owner; then the group
--       got nothing.
-- A name that nobody owns goes to the first holder who asks; a group of owner '0' never takes one away.

local last = tonumber(redis.call('HGET', KEYS[1], '') or '0')
local first = last
local at = 1
local function nextArgument()
  local value = ARGV[at]
  at = at + 1
  return value
end

local known, writes, replies = {}, {}, {}
for g = 1, tonumber(nextArgument()) do
  local owner = nextArgument()
  local numbers, names, isTaken = {}, {}, false
  for n = 1, tonumber(nextArgument()) do
    local key, name = tonumber(nextArgument()), nextArgument()
    local id = key .. ' ' .. name
    local value = known[id] or redis.call('HGET', KEYS[key], name)
    local number, holder
    if value then
      number, holder = string.match(value, '^(%d+):?(%d*)$')
      if owner ~= '' and holder ~= '' and holder ~= '0' and holder ~= owner then isTaken = true end
    end
    names[n] = { id, key, name, number }
  end
  if isTaken then
    replies[g] = '!'
  else
    for n, entry in ipairs(names) do
      local id, key, name, number = entry[1], entry[2], entry[3], entry[4]
      if not number then
        last = last + 1
        number = string.format('%.0f', last)
      end
      local value = owner == '' and number or number .. ':' .. owner
      if known[id] ~= value then
        known[id] = value
        writes[#writes + 1] = { KEYS[key], name, value }
      end
      numbers[n] = number
    end
    replies[g] = table.concat(numbers, ' ')
  end
end

-- From here only calls that cannot fail; the first may be refused (memory, disk), then nothing is written.
if last ~= first then
  local result = redis.pcall('HSET', KEYS[1], '', string.format('%.0f', last))
  if type(result) == 'table' and result.err then return result end
end
for i, write in ipairs(writes) do
  if i == 1 and last == first then
    local result = redis.pcall('HSET', write[1], write[2], write[3])
    if type(result) == 'table' and result.err then return result end
  else
    redis.call('HSET', write[1], write[2], write[3])
  end
end
return replies
