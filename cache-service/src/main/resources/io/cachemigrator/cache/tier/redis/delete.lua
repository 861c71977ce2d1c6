-- A tombstone stays: it keeps a copy from bringing the entry back.
local removed = 0
for i = 3, #KEYS do
  local bytes = bytesOf(KEYS[i])
  if isLive(idOf(KEYS[i]), bytes) then removed = removed + 1 end
  if bytes and not (isEnvelope(bytes) and isTombstone(bytes)) then redis.call('UNLINK', KEYS[i]) end
end
return removed
