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
