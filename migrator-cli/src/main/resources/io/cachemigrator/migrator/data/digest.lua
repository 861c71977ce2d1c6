-- Tells what is under some keys without sending it. Changes nothing.
-- KEYS: the keys. Returns the digests one after the other, and eight bytes for each deadline.
-- An entry's digest is the SHA-1 of its codec, compression, encryption, flags, tags and payload; '-' = no entry of the cache
-- service, or a deletion. Its deadline is as the envelope has it; zero = none was read.
local function u16(bytes, at)
  local a, b = string.byte(bytes, at, at + 1)
  return a * 256 + b
end

local function u32(bytes, at)
  return u16(bytes, at) * 65536 + u16(bytes, at + 2)
end

local function digestOf(bytes)
  local at = 31
  for i = 1, u16(bytes, 29) do at = at + 2 + u16(bytes, at) end
  local tags = string.sub(bytes, 29, at - 1)
  local keys = u16(bytes, at)
  at = at + 2
  for i = 1, keys do
    at = at + 2 + u16(bytes, at)
    at = at + 4 + u32(bytes, at)
  end
  return redis.sha1hex(string.sub(bytes, 6, 9) .. tags .. string.sub(bytes, at + 8))
end

local digests, deadlines = {}, {}
for i = 1, #KEYS do
  local bytes = redis.pcall('GET', KEYS[i])
  digests[i], deadlines[i] = '-', '\0\0\0\0\0\0\0\0'
  if type(bytes) == 'string' and #bytes >= 40 and string.sub(bytes, 1, 5) == '\137CME\1'
      and math.floor(string.byte(bytes, 9) / 2) % 2 == 0 then
    -- what ends in the middle has no digest
    local whole, digest = pcall(digestOf, bytes)
    if whole then
      digests[i], deadlines[i] = digest, string.sub(bytes, 21, 28)
    end
  end
end
return {table.concat(digests), table.concat(deadlines)}
