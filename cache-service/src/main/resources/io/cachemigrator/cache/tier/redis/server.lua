-- Put in front of the scripts for a single server. KEYS[1] and KEYS[2] are the epochs of all regions and of this one, KEYS[3]
-- says whether some process keeps copies of the region. ARGV: prefix of all keys, region, last moment to run in
-- microseconds, id of the writer.
local prefix, region, writer = ARGV[1], ARGV[2], ARGV[4]
local first, own = 4, 4
local time = redis.call('TIME')
local nowMicros = time[1] * 1000000 + time[2]
-- a server that was stopped for a while must not run what its caller has long given up: something newer may be waiting
if nowMicros > tonumber(ARGV[3]) then return redis.error_reply('LATE the caller has given up') end

local known = redis.call('MGET', KEYS[1], KEYS[2], KEYS[3])
local epochAll, epochRegion = tonumber(known[1] or '-1'), tonumber(known[2] or '-1')
local nowMillis = math.floor(nowMicros / 1000)
-- later than every invalidation so far, even within one microsecond
local stamp = math.max(nowMicros, epochAll + 1, epochRegion + 1)

local function whole(number)
  return string.format('%.0f', number)
end

local function pack64(number)
  if number < 0 then return '\255\255\255\255\255\255\255\255' end
  return struct.pack('>I4I4', math.floor(number / 4294967296), number % 4294967296)
end

local function idOf(key)
  return string.sub(key, #prefix + #region + 2)
end

-- tells the processes that keep copies, if there are any; at most 200 names in a record, since a call has its limits
local function tell(kind, names, at)
  if not known[3] then return end
  for start = 1, math.max(#names, 1), 200 do
    local record = {'XADD', prefix .. '{!}log', 'MAXLEN', '~', '100000', '*', 'w', writer, 'k', kind, 'r', region}
    if at then
      record[#record + 1] = 'a'
      record[#record + 1] = whole(at)
    end
    for i = start, math.min(start + 199, #names) do
      record[#record + 1] = 'i'
      record[#record + 1] = names[i]
    end
    redis.call(unpack(record))
  end
end

local function tellEntries()
  if not known[3] then return end
  local ids = {}
  for i = first, #KEYS do ids[#ids + 1] = idOf(KEYS[i]) end
  tell('e', ids)
end
