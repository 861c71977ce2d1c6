-- Writes and deletions that were held back, each made only where nothing newer is there. ARGV: stale allowance in ms, '1' for
-- an index, then for each key the time it was meant for in microseconds, the deadline in ms (-1 = none), the envelope, which
-- is empty for a deletion, since when it was perhaps sent (-1 = it was not), and for how many ms it would be kept then.
local stale, indexed = tonumber(ARGV[own + 1]), ARGV[own + 2] == '1'

-- A server that was stopped runs, when it goes on, what was sent to it and long given up; and so an older value may have
-- replaced one of another process. It was run when its expiry began to count. Then nobody knows what should be there.
local function isLate(key, made, given, sent, life)
  local since, kept = tonumber(sent), tonumber(life)
  if since < 0 or made < since or made > given + 50000 then return false end
  local left = redis.call('PTTL', key)
  return kept < 0 or left < 0 or nowMillis + left - kept >= math.floor(given / 1000)
end

for i = first, #KEYS do
  local at = own + 3 + 5 * (i - first)
  local created, deadline, envelope = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 2]
  local id, bytes = idOf(KEYS[i]), bytesOf(KEYS[i])
  local newer = bytes and (not isEnvelope(bytes) or i64(bytes, 13) >= created)
  local late = bytes and isEnvelope(bytes) and isLate(KEYS[i], i64(bytes, 13), created, ARGV[at + 3], ARGV[at + 4])
  if late then
    redis.call('UNLINK', KEYS[i])
    if #envelope == 0 then rememberDeletion(partOf(id), created) end
  elseif #envelope == 0 then
    if not newer then redis.call('UNLINK', KEYS[i]) end
    rememberDeletion(partOf(id), created)
  elseif not newer and created > deletedAt(id) then
    local keptUntil = -1
    if deadline >= 0 then keptUntil = deadline + stale end
    if keptUntil >= 0 and keptUntil <= nowMillis then
      redis.call('UNLINK', KEYS[i])
    else
      envelope = string.sub(envelope, 1, 12) .. pack64(created) .. pack64(deadline) .. string.sub(envelope, 29)
      redis.call('SET', KEYS[i], envelope)
      if keptUntil >= 0 then redis.call('PEXPIREAT', KEYS[i], whole(keptUntil)) end
      if indexed then addToIndex(id, envelope, keptUntil) end
    end
  end
end
tellEntries()
return 1
