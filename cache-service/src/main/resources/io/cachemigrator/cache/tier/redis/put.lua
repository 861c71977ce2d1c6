-- Puts under a condition, with an index, or what a load gave. ARGV: condition, stale allowance in ms, '1' for an index, since
-- when a load runs (-1 = this is none) and when the entry was created that it saw (-1 = it saw none, -2 = it could not look),
-- then time to live in ms (-1 = none) and envelope for each key.
local condition, stale, indexed = ARGV[own + 1], tonumber(ARGV[own + 2]), ARGV[own + 3] == '1'
local since, seen = tonumber(ARGV[own + 4]), tonumber(ARGV[own + 5])

-- What a load gives is as old as the load: it loses to whatever was written, deleted or invalidated since.
local function isOutdated(key, envelope)
  local id, bytes = idOf(key), bytesOf(key)
  if bytes and isEnvelope(bytes) then
    local created = i64(bytes, 13)
    if isTombstone(bytes) or seen == -2 then
      if created >= since then return true end
    elseif created ~= seen and isLive(id, bytes) then
      return true
    end
  end
  return isChangedSince(id, envelope, since)
end

local created = stamp
if since >= 0 then
  created = since
  for i = first, #KEYS do
    if isOutdated(KEYS[i], ARGV[own + 7 + 2 * (i - first)]) then return {0, 0, 0} end
  end
end

if condition == 'IF_ABSENT' or condition == 'IF_PRESENT' then
  for i = first, #KEYS do
    if isLive(idOf(KEYS[i]), bytesOf(KEYS[i])) ~= (condition == 'IF_PRESENT') then return {0, 0, 0} end
  end
end

for i = first, #KEYS do
  local at = own + 6 + 2 * (i - first)
  local ttl, envelope = tonumber(ARGV[at]), ARGV[at + 1]
  local deadline, keptUntil = -1, -1
  if ttl >= 0 then
    deadline = nowMillis + ttl
    keptUntil = deadline + stale
  end
  envelope = string.sub(envelope, 1, 12) .. pack64(created) .. pack64(deadline) .. string.sub(envelope, 29)
  if keptUntil < 0 then
    redis.call('SET', KEYS[i], envelope)
  else
    redis.call('SET', KEYS[i], envelope, 'PXAT', whole(keptUntil))
  end
  if indexed then addToIndex(idOf(KEYS[i]), envelope, keptUntil) end
end
if condition ~= 'LOADED' then tellEntries() end
return {1, created, nowMillis}
