-- Tells what is under some keys without sending the payloads. Changes nothing.
-- KEYS: the keys. ARGV[1]: '1' = one digest for all of them, '0' = the digests one after the other.
-- Returns the digest, and for each key four bytes length and what precedes the payload in the envelope; length 0 = no entry
-- of the cache service. A payload's digest is its SHA-1, '-' where there is none.
local function u16(bytes, at)
  local a, b = string.byte(bytes, at, at + 1)
  return a * 256 + b
end

local function u32(bytes, at)
  return u16(bytes, at) * 65536 + u16(bytes, at + 2)
end

local function payloadStart(bytes)
  local at = 31
  for i = 1, u16(bytes, 29) do at = at + 2 + u16(bytes, at) end
  local keys = u16(bytes, at)
  at = at + 2
  for i = 1, keys do
    at = at + 2 + u16(bytes, at)
    at = at + 4 + u32(bytes, at)
  end
  return at + 8
end

local digests, heads = {}, {}
for i = 1, #KEYS do
  local bytes = redis.pcall('GET', KEYS[i])
  digests[i], heads[i] = '-', '\0\0\0\0'
  if type(bytes) == 'string' and #bytes >= 40 and string.sub(bytes, 1, 5) == '\137CME\1' then
    -- what ends in the middle is none
    local whole, start = pcall(payloadStart, bytes)
    if whole and start <= #bytes + 1 then
      local n = start - 1
      digests[i] = redis.sha1hex(string.sub(bytes, start))
      heads[i] = string.char(math.floor(n / 16777216) % 256, math.floor(n / 65536) % 256, math.floor(n / 256) % 256, n % 256)
          .. string.sub(bytes, 1, n)
    end
  end
end
local all = table.concat(digests)
return {ARGV[1] == '1' and redis.sha1hex(all) or all, table.concat(heads)}
