-- For a cluster, on the server of the records. ARGV: kind of a record for the log, empty for none, the time of a deletion, 0 =
-- now, -1 = it is none, then ids. Returns the epochs and whether some process keeps copies of the region.
local deleted, ids = tonumber(ARGV[own + 2]), {}
for i = own + 3, #ARGV do
  ids[#ids + 1] = ARGV[i]
  if deleted >= 0 then rememberDeletion(partOf(ARGV[i]), deleted > 0 and deleted or stamp) end
end
if #ARGV[own + 1] > 0 then tell(ARGV[own + 1], ids) end
return {epochAll, epochRegion, known[3] and 1 or 0}
