-- Writes a batch of copies in one step of the server, each only where nothing as new is, and tells what is stored then.
-- KEYS: the entries' keys, then the records of deletions of their regions, where they are on this server.
-- ARGV: how many entries; when they were read, in microseconds by this server's clock; how long a copy may be in hand, in
-- microseconds; '1' where the legacy layout counts; prefix of all keys; then for each entry what must be there, as the SHA-1 of
-- what was seen ('' = nothing, or whatever loses), its deadline ('' = none) and the envelope.
-- Returns for each 1 when what is read back after writing is the envelope to the byte, or: NEWER something that stays, LATER a
-- later copy, OLDER something that may be replaced once it was looked at, DELETED since it was read, CHANGED since it was seen,
-- NONE when it has expired, DIFFERENT when something else is read back.
local call = redis.call
local entries, readAt, prefix = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[5]
local legacyCounts = ARGV[4] == '1'
local time = redis.call('TIME')
-- what was read long ago may have been replaced by something that has expired since, and left no trace
if time[1] * 1000000 + time[2] - readAt > tonumber(ARGV[3]) then return redis.error_reply('LATE the batch was read too long ago') end

local function u32(bytes, at)
  local a, b, c, d = string.byte(bytes, at, at + 3)
  return ((a * 256 + b) * 256 + c) * 256 + d
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

local records, anyDeleted = {}, false
for i = entries + 1, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    records[string.sub(KEYS[i], #prefix + 12)] = KEYS[i]
    anyDeleted = true
  end
end

-- the newest deletion among the ids that share a part with this one
local function isDeletedSince(key)
  local region, id = string.match(string.sub(key, #prefix + 1), '^([^:]*):(.*)$')
  local record = region and records[region]
  if not record then return false end
  local times = redis.call('HMGET', record, string.sub(redis.sha1hex(id), 1, 3), '*')
  return math.max(tonumber(times[1] or '-1'), tonumber(times[2] or '-1')) >= readAt
end

-- what stands in the way of an envelope; nil = nothing
local function obstacle(key, envelope, seen)
  local bytes = bytesOf(key)
  if not bytes then
    if seen ~= '' then return 'CHANGED' end
    return nil
  end
  if #bytes < 40 or string.sub(bytes, 1, 5) ~= '\137CME\1' then return 'NEWER' end
  if bytes == envelope then return nil end
  local flags = string.byte(bytes, 9)
  local copied = math.floor(flags / 4) % 2 == 1 and math.floor(flags / 2) % 2 == 0
  if not copied and not legacyCounts then return 'NEWER' end
  if i64(bytes, 13) >= i64(envelope, 13) then
    if copied then return 'LATER' end
    return 'NEWER'
  end
  if seen == '' then return 'OLDER' end
  if redis.sha1hex(bytes) ~= seen then return 'CHANGED' end
  return nil
end

local result = {}
for i = 1, entries do
  local key, seen, deadline, envelope = KEYS[i], ARGV[3 + 3 * i], ARGV[4 + 3 * i], ARGV[5 + 3 * i]
  if anyDeleted and isDeletedSince(key) then
    result[i] = 'DELETED'
  else
    local stored = false
    if seen == '' then
      if deadline == '' then
        stored = call('SET', key, envelope, 'NX')
      else
        -- leaves no mark when it expires: what a late copy might bring back then, the comparison after the copy removes
        stored = call('SET', key, envelope, 'NX', 'PXAT', deadline)
      end
    end
    local why = nil
    if not stored then
      why = obstacle(key, envelope, seen)
      if not why and deadline == '' then
        call('SET', key, envelope)
      elseif not why then
        call('SET', key, envelope, 'PXAT', deadline)
      end
    end
    if why then
      result[i] = why
    else
      local back = call('GET', key)
      if back == envelope then
        result[i] = 1
      elseif back then
        result[i] = 'DIFFERENT'
      else
        result[i] = 'NONE'
      end
    end
  end
end
return result
