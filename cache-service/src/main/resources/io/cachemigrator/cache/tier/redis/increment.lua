-- ARGV: amount in decimal, envelope of an empty counter. Returns 1 and the sum, or 0 for no integer, or 2 for an overflow.
-- The server's own INCRBY does the addition, on the bare number, since Lua's numbers are exact up to 2^53 only.
local amount, empty = ARGV[own + 1], ARGV[own + 2]
local key = KEYS[first]
local bytes = bytesOf(key)

if not isLive(idOf(key), bytes) then
  local fresh = string.sub(empty, 1, 12) .. pack64(stamp) .. string.sub(empty, 21, 32)
  redis.call('SET', key, fresh .. struct.pack('>I4I4', #amount, 0) .. amount)
  tellEntries()
  return {1, amount}
end
if not isEnvelope(bytes) then return {0} end
local flags, compression, encryption = string.byte(bytes, 9), string.byte(bytes, 7), string.byte(bytes, 8)
if flags % 2 == 1 or compression ~= 0 or encryption ~= 0 then return {0} end

local _, at = tagsOf(bytes)
local count = u16(bytes, at)
at = at + 2
for _ = 1, count do
  at = at + 2 + u16(bytes, at)
  at = at + 4 + u32(bytes, at)
  if at > #bytes then return {0} end
end
local payload = string.sub(bytes, at + 8)
if #payload > 20 or not string.find(payload, '^%-?%d+$') then return {0} end

redis.call('SET', key, payload, 'KEEPTTL')
local sum = redis.pcall('INCRBY', key, amount)
if type(sum) == 'table' then
  redis.call('SET', key, bytes, 'KEEPTTL')
  if string.find(sum.err, 'overflow') then return {2} end
  return {0}
end
local text = redis.call('GET', key)
local head = string.sub(bytes, 1, 8) .. string.char(withoutMigrated(flags)) .. string.sub(bytes, 10, 12)
head = head .. pack64(stamp) .. string.sub(bytes, 21, at - 1)
redis.call('SET', key, head .. struct.pack('>I4I4', #text, 0) .. text, 'KEEPTTL')
tellEntries()
return {1, text}
