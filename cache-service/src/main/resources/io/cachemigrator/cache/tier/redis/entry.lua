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

local function stampOf(key)
  return tonumber(redis.call('GET', key) or '-1')
end

local function tagKey(scope, tag)
  return prefix .. '{!}tag:' .. scope .. ':' .. tag
end

local function indexKey(tag)
  return prefix .. '{!}index:' .. region .. ':' .. tag
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
  for _, scope in ipairs({region, ''}) do
    local prefixes = redis.call('HGETALL', prefix .. '{!}prefix:' .. scope)
    for i = 1, #prefixes, 2 do
      local start = prefixes[i]
      if created <= tonumber(prefixes[i + 1]) and string.sub(id, 1, #start) == start then return true end
    end
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

-- Deletions are remembered by parts of the ids, which bounds what is remembered: a write that was held back is older than
-- a deletion of its id only if it is older than one of its part.
local function partOf(id)
  return string.sub(redis.sha1hex(id), 1, 3)
end

local function rememberDeletion(part, at)
  local key = prefix .. '{!}deleted:' .. region
  if at > tonumber(redis.call('HGET', key, part) or '-1') then redis.call('HSET', key, part, whole(at)) end
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
