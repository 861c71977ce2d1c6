-- Put in front of the scripts for one entry in a cluster, where the records are on another server. KEYS[1] is the entry. ARGV:
-- prefix of all keys, region, the time by the server of the records in microseconds, what the stamp must exceed, the newest
-- epoch, and of the entry as the caller has judged it: when it was created, and '1' if it was invalidated since.
local prefix, region = ARGV[1], ARGV[2]
local first, own = 1, 7
local nowMicros = tonumber(ARGV[3])
local nowMillis = math.floor(nowMicros / 1000)
local stamp = math.max(nowMicros, tonumber(ARGV[4]) + 1)

local function whole(number)
  return string.format('%.0f', number)
end

local function idOf(key)
  return string.sub(key, #prefix + #region + 2)
end

-- told by the caller
local function tellEntries() end
