-- Writes and deletions that were held back, each made only where nothing newer is there. ARGV: stale allowance in ms, '1' for
-- an index, then for each key the time it was meant for in microseconds, the deadline in ms (-1 = none) and the envelope,
-- which is empty for a deletion.
local stale, indexed = tonumber(ARGV[own + 1]), ARGV[own + 2] == '1'
for i = first, #KEYS do
  local at = own + 3 + 3 * (i - first)
  local created, deadline, envelope = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 2]
  local id, bytes = idOf(KEYS[i]), bytesOf(KEYS[i])
  local newer = bytes and (not isEnvelope(bytes) or i64(bytes, 13) >= created)
  if #envelope == 0 then
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
