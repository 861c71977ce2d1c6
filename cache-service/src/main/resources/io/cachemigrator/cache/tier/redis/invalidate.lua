-- ARGV: 'tag' or 'prefix', then names. An empty region stands for all of them. Returns the time recorded, and for each
-- tag the time that its record held before.
local result = {stamp}
for i = 4, #ARGV do
  local name = ARGV[i]
  if ARGV[3] == 'tag' then
    local key = tagKey(region, name)
    result[#result + 1] = stampOf(key)
    redis.call('SET', key, whole(stamp))
  else
    local key = prefix .. '!prefix:' .. region
    for _, known in ipairs(redis.call('HKEYS', key)) do
      if string.sub(known, 1, #name) == name then redis.call('HDEL', key, known) end
    end
    redis.call('HSET', key, name, whole(stamp))
  end
end
redis.call('SET', KEYS[2], whole(stamp))
return result
