-- For a cluster, on the server of the records: whether an entry was deleted or invalidated since a time. ARGV: id, envelope, the
-- time. Returns that beside what meta.lua returns.
local changed = isChangedSince(ARGV[own + 1], ARGV[own + 2], tonumber(ARGV[own + 3]))
return {epochAll, epochRegion, known[3] and 1 or 0, changed and 1 or 0}
