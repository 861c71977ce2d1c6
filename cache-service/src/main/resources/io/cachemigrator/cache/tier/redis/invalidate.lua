-- ARGV: 'tag' or 'prefix', the time meant or 0 for now, the newest creation that the caller has seen, then names. An empty region stands for all of them. Returns the time
-- recorded, and for each tag the time that its record held before.
local at = tonumber(ARGV[own + 2])
-- What the caller has seen is meant, even if this server's clock is behind that of the one before it; and puts are stamped by
-- clients that carry this server's clock on, who may be ahead a little.
if at == 0 then at = math.max(stamp, nowMicros + 50000, tonumber(ARGV[own + 3])) end
local result, names = {at}, {}
for i = own + 4, #ARGV do
  local name = ARGV[i]
  names[#names + 1] = name
  if ARGV[own + 1] == 'tag' then
    local key = tagKey(region, name)
    local before = stampOf(key)
    result[#result + 1] = before
    redis.call('SET', key, whole(math.max(at, before)))
  else
    local key = prefix .. '{!}prefix:' .. region
    local newest = at
    local records = redis.call('HGETALL', key)
    for j = 1, #records, 2 do
      local start, since = records[j], tonumber(records[j + 1])
      if string.sub(start, 1, #name) == name then
        if start == name then newest = math.max(newest, since) end
        if since <= at then redis.call('HDEL', key, start) end
      end
    end
    redis.call('HSET', key, name, whole(newest))
  end
end
-- an epoch that did not change would not make readers look at the records
redis.call('SET', KEYS[2], whole(math.max(stamp, at)))
tell(string.sub(ARGV[own + 1], 1, 1), names, at)
return result
