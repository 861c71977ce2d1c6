-- A tombstone stays: it keeps a copy from bringing the entry back.
local removed = 0
for i = first, #KEYS do
  local id, bytes = idOf(KEYS[i]), bytesOf(KEYS[i])
  if isLive(id, bytes) then removed = removed + 1 end
  if bytes and not (isEnvelope(bytes) and isTombstone(bytes)) then redis.call('UNLINK', KEYS[i]) end
  rememberDeletion(partOf(id), stamp)
end
tellEntries()
return removed
