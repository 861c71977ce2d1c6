-- Says that copies of a region are kept. KEYS: the mark, the log. ARGV: for how many ms, id of the writer, the region. Returns 1 if
-- it was said already. If not, changes may have been made without being logged: then every process that keeps copies is told
-- to drop them, as only the first one to look finds the mark missing.
local there = redis.call('EXISTS', KEYS[1])
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
if there == 0 then
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', '100000', '*', 'w', ARGV[2], 'k', 'c', 'r', ARGV[3])
end
return there
