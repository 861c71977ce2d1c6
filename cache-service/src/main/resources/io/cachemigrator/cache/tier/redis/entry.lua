-- What scripts know of entries. Envelopes are read as docs/reference/envelope.md lays them out; Lua counts bytes from 1.
local function u16(bytes, at)
  local high, low = string.byte(bytes, at, at + 1)
  if not low then return 0 end
  return high * 256 + low
end

local function u32(bytes, at)
  return u16(bytes, at) * 65536 + u16(bytes, at + 2)
end

-- times are far below 2^53, so a Lua number holds them exactly; every negative number stands for "none"
local function i64(bytes, at)
  local high = u32(bytes, at)
  if high >= 2147483648 then return -1 end
  return high * 4294967296 + u32(bytes, at + 4)
end

-- a key of another type is something that is there and cannot be read, like text that is no envelope
local function bytesOf(key)
  local bytes = redis.pcall('GET', key)
  if type(bytes) == 'table' then return '' end
  return bytes
end

local function isEnvelope(bytes)
  return #bytes >= 40 and string.sub(bytes, 1, 5) == '\137CME\1'
end

local function tagsOf(envelope)
  local tags, at = {}, 31
  for i = 1, u16(envelope, 29) do
    local length = u16(envelope, at)
    if length == 0 then break end
    tags[i] = string.sub(envelope, at + 2, at + 1 + length)
    at = at + 2 + length
  end
  return tags, at
end
