-- What a copy may write over: shared by the script that writes batches and the one that moves a large copy into its place.
-- ARGV: how many entries; when they were read, in microseconds by this server's clock; how long a copy may be in hand, in
-- microseconds; '1' where the legacy layout counts; prefix of all keys.
local call = redis.call
local entries, readAt, prefix = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[5]
local legacyCounts = ARGV[4] == '1'
local time = call('TIME')
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

local records, anyDeleted = {}, false
-- looks at the records of deletions, whose keys stand from one on
local function look(first)
  for i = first, #KEYS do
    if call('EXISTS', KEYS[i]) == 1 then
      records[string.sub(KEYS[i], #prefix + 12)] = KEYS[i]
      anyDeleted = true
    end
  end
end

-- the newest deletion among the ids that share a part with this one
local function isDeletedSince(key)
  if not anyDeleted then return false end
  local region, id = string.match(string.sub(key, #prefix + 1), '^([^:]*):(.*)$')
  local record = region and records[region]
  if not record then return false end
  local times = call('HMGET', record, string.sub(redis.sha1hex(id), 1, 3), '*')
  return math.max(tonumber(times[1] or '-1'), tonumber(times[2] or '-1')) >= readAt
end

-- what tells a stored entry from every other: its length and its start, which has its time and its checksum
local function mark(key, start)
  return redis.sha1hex(start) .. ':' .. call('STRLEN', key)
end

-- what stands in the way of an envelope that was created at a time; nil = nothing
local function obstacle(key, created, seen)
  local start = redis.pcall('GETRANGE', key, 0, 4095)
  -- a key of another type is something that is there and cannot be read, like text that is no envelope
  if type(start) == 'table' then return 'NEWER' end
  if start == '' and call('EXISTS', key) == 0 then
    if seen ~= '' then return 'CHANGED' end
    return nil
  end
  if #start < 40 or string.sub(start, 1, 5) ~= '\137CME\1' then return 'NEWER' end
  local flags = string.byte(start, 9)
  local copied = math.floor(flags / 4) % 2 == 1 and math.floor(flags / 2) % 2 == 0
  if not copied and not legacyCounts then return 'NEWER' end
  if i64(start, 13) >= created then
    if copied then return 'LATER' end
    return 'NEWER'
  end
  if seen == '' then return 'OLDER' end
  if mark(key, start) ~= seen then return 'CHANGED' end
  return nil
end
