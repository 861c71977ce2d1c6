-- Removes an entry that is as the caller has seen it: created when ARGV[own + 1] says.
local bytes = bytesOf(KEYS[first])
if bytes and isEnvelope(bytes) and i64(bytes, 13) == tonumber(ARGV[own + 1]) then return redis.call('UNLINK', KEYS[first]) end
return 0
