-- Changes that were made elsewhere, each made here only where nothing as new is. ARGV: stale allowance in ms, '1' for an index,
-- then for each key an envelope with its times; a tombstone stands for a deletion. Returns for each 1 if it was made.
local stale, indexed = tonumber(ARGV[own + 1]), ARGV[own + 2] == '1'
local forgotten, marked = 3600000, 10000
local made = {}

for i = first, #KEYS do
  local envelope = ARGV[own + 3 + i - first]
  local bytes = bytesOf(KEYS[i])
  if bytes and (not isEnvelope(bytes) or i64(bytes, 13) >= i64(envelope, 13)) then
    made[#made + 1] = 0
  else
    local deadline, keptUntil = i64(envelope, 21), -1
    -- once it has expired, nothing older that is on its way may come in its place
    if deadline >= 0 then keptUntil = deadline + math.max(stale, marked) end
    if deadline >= 0 and deadline + stale <= nowMillis then
      deadline = nowMillis + forgotten
      keptUntil = deadline
      envelope = string.sub(envelope, 1, 8) .. '\2' .. string.sub(envelope, 10, 20) .. pack64(deadline) .. string.sub(envelope, 29)
    end
    redis.call('SET', KEYS[i], envelope)
    if keptUntil >= 0 then redis.call('PEXPIREAT', KEYS[i], whole(keptUntil)) end
    if indexed then addToIndex(idOf(KEYS[i]), envelope, keptUntil) end
    made[#made + 1] = 1
  end
end
tellEntries()
return made
