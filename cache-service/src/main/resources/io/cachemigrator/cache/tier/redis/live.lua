-- Which entries are live.
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
