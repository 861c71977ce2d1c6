-- Put in front of every script. KEYS[1] and KEYS[2] are the epochs of all regions and of this one; ARGV[1] is the prefix of
-- all keys, ARGV[2] the region. Envelopes are read as docs/reference/envelope.md lays them out; Lua counts bytes from 1.
local prefix, region = ARGV[1], ARGV[2]
local time = redis.call('TIME')
local nowMicros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local nowMillis = math.floor(nowMicros / 1000)

local function whole(number)
  return string.format('%.0f', number)
end

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

local function pack64(number)
  if number < 0 then return string.rep('\255', 8) end
  return struct.pack('>I4I4', math.floor(number / 4294967296), number % 4294967296)
end

local function stampOf(key)
  return tonumber(redis.call('GET', key) or '-1')
end

local epochAll, epochRegion = stampOf(KEYS[1]), stampOf(KEYS[2])
-- later than every invalidation so far, even within one microsecond
local stamp = math.max(nowMicros, epochAll + 1, epochRegion + 1)

local function tagKey(scope, tag)
  return prefix .. '!tag:' .. scope .. ':' .. tag
end

local function indexKey(tag)
  return prefix .. '!index:' .. region .. ':' .. tag
end

local function idOf(key)
  return string.sub(key, #prefix + #region + 2)
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

-- earlier: records as they were before, by tag; others are read
local function isInvalidated(id, envelope, earlier)
  local created = i64(envelope, 13)
  if created > epochAll and created > epochRegion then return false end
  for _, tag in ipairs(tagsOf(envelope)) do
    if created <= (earlier[tag] or stampOf(tagKey(region, tag))) then return true end
    if created <= stampOf(tagKey('', tag)) then return true end
  end
  local prefixes = redis.call('HGETALL', prefix .. '!prefix:' .. region)
  for i = 1, #prefixes, 2 do
    local start = prefixes[i]
    if created <= tonumber(prefixes[i + 1]) and string.sub(id, 1, #start) == start then return true end
  end
  return false
end

local function isTombstone(envelope)
  return math.floor(string.byte(envelope, 9) / 2) % 2 == 1
end

local function isLive(id, bytes, earlier)
  if not bytes then return false end
  if not isEnvelope(bytes) then return true end
  if isTombstone(bytes) then return false end
  local deadline = i64(bytes, 21)
  if deadline >= 0 and deadline <= nowMillis then return false end
  return not isInvalidated(id, bytes, earlier or {})
end

local function withoutMigrated(flags)
  if math.floor(flags / 4) % 2 == 1 then return flags - 4 end
  return flags
end

-- the index of a tag lives as long as the entry that lives longest
local function addToIndex(id, envelope, keptUntil)
  for _, tag in ipairs(tagsOf(envelope)) do
    local key = indexKey(tag)
    local left = redis.call('PTTL', key)
    redis.call('SADD', key, id)
    if keptUntil < 0 then
      redis.call('PERSIST', key)
    elseif left == -2 or (left >= 0 and nowMillis + left < keptUntil) then
      redis.call('PEXPIREAT', key, whole(keptUntil))
    end
  end
end
