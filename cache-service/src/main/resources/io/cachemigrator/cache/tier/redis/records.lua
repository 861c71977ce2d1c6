-- The records of invalidations, of deletions and of tags' members, where they are on the server that runs this.
local function stampOf(key)
  return tonumber(redis.call('GET', key) or '-1')
end

local function tagKey(scope, tag)
  return prefix .. '{!}tag:' .. scope .. ':' .. tag
end

local function indexKey(tag)
  return prefix .. '{!}index:' .. region .. ':' .. tag
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

-- Deletions are remembered by parts of the ids, which bounds what is remembered: a write that was held back is older than
-- a deletion of its id only if it is older than one of its part.
local function partOf(id)
  return string.sub(redis.sha1hex(id), 1, 3)
end

local function rememberDeletion(part, at)
  local key = prefix .. '{!}deleted:' .. region
  -- always later than the one before: a load that began between the two must lose to the second
  local before = tonumber(redis.call('HGET', key, part) or '-1')
  redis.call('HSET', key, part, whole(math.max(at, before + 1)))
end

local function deletedAt(id)
  local times = redis.call('HMGET', prefix .. '{!}deleted:' .. region, partOf(id), '*')
  return math.max(tonumber(times[1] or '-1'), tonumber(times[2] or '-1'))
end

-- Whether an entry was deleted or invalidated since a time.
local function isChangedSince(id, envelope, since)
  if deletedAt(id) >= since then return true end
  return isInvalidated(id, string.sub(envelope, 1, 12) .. pack64(since) .. string.sub(envelope, 21), {})
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
