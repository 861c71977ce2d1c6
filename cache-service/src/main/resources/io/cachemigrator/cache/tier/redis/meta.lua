-- For a cluster, on the server of the records. ARGV: kind of a record for the log, empty for none, then ids. Returns the epochs
-- and whether some process keeps copies of the region.
if #ARGV[own + 1] > 0 then
  local ids = {}
  for i = own + 2, #ARGV do ids[#ids + 1] = ARGV[i] end
  tell(ARGV[own + 1], ids)
end
return {epochAll, epochRegion, known[3] and 1 or 0}
