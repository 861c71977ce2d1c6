-- After an invalidation, for some ids of a tag's index: removes the entries that it hit, and index members that no longer
-- say anything. KEYS[4] is the index. ARGV: time of the invalidation, the tag, number of tags invalidated, each of them
-- with its earlier time, then ids. Returns how many live entries were hit.
local at, tag, count = tonumber(ARGV[own + 1]), ARGV[own + 2], tonumber(ARGV[own + 3])
local earlier = {}
for i = 1, count do
  earlier[ARGV[own + 2 + 2 * i]] = tonumber(ARGV[own + 3 + 2 * i])
end

local hit = 0
for i = own + 4 + 2 * count, #ARGV do
  local id = ARGV[i]
  local key = prefix .. region .. ':' .. id
  local bytes = bytesOf(key)
  local tagged, newer = false, false
  if bytes and isEnvelope(bytes) then
    for _, own in ipairs(tagsOf(bytes)) do
      tagged = tagged or own == tag
    end
    newer = i64(bytes, 13) > at
  end
  if tagged and not newer then
    if isLive(id, bytes, earlier) then hit = hit + 1 end
    redis.call('UNLINK', key)
  end
  if not (tagged and newer) then redis.call('SREM', KEYS[4], id) end
end
return hit
