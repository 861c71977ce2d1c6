-- Puts under a condition, or with an index. ARGV: condition, stale allowance in ms, '1' for an index, then time to live in ms (-1 = none) and envelope for each key
local condition, stale, indexed = ARGV[own + 1], tonumber(ARGV[own + 2]), ARGV[own + 3] == '1'

if condition == 'IF_ABSENT' or condition == 'IF_PRESENT' then
  for i = first, #KEYS do
    if isLive(idOf(KEYS[i]), bytesOf(KEYS[i])) ~= (condition == 'IF_PRESENT') then return {0, 0, 0} end
  end
end

for i = first, #KEYS do
  local at = own + 4 + 2 * (i - first)
  local ttl, envelope = tonumber(ARGV[at]), ARGV[at + 1]
  local deadline, keptUntil = -1, -1
  if ttl >= 0 then
    deadline = nowMillis + ttl
    keptUntil = deadline + stale
  end
  envelope = string.sub(envelope, 1, 12) .. pack64(stamp) .. pack64(deadline) .. string.sub(envelope, 29)
  if keptUntil < 0 then
    redis.call('SET', KEYS[i], envelope)
  else
    redis.call('SET', KEYS[i], envelope, 'PXAT', whole(keptUntil))
  end
  if indexed then addToIndex(idOf(KEYS[i]), envelope, keptUntil) end
end
if condition ~= 'LOADED' then tellEntries() end
return {1, stamp, nowMillis}
