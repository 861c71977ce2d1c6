-- ARGV: time to live in ms (-1 = none), stale allowance in ms, '1' for an index
local ttl, stale, indexed = tonumber(ARGV[own + 1]), tonumber(ARGV[own + 2]), ARGV[own + 3] == '1'
local key = KEYS[first]
local bytes = bytesOf(key)
if not isLive(idOf(key), bytes) then return 0 end

local deadline, keptUntil = -1, -1
if ttl >= 0 then
  deadline = nowMillis + ttl
  keptUntil = deadline + stale
end
if isEnvelope(bytes) then
  redis.call('SETRANGE', key, 8, string.char(withoutMigrated(string.byte(bytes, 9))))
  redis.call('SETRANGE', key, 20, pack64(deadline))
  if indexed then addToIndex(idOf(key), bytes, keptUntil) end
end
if keptUntil < 0 then
  redis.call('PERSIST', key)
else
  redis.call('PEXPIREAT', key, whole(keptUntil))
end
tellEntries()
return 1
