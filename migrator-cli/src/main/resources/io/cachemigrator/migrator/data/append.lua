-- Appends a part to a large copy on its way, which goes by itself when nothing comes for a while. ARGV: how many bytes are there,
-- the part, milliseconds. Returns how many bytes are there then; fewer when the copy has gone meanwhile.
local there = redis.call('STRLEN', KEYS[1])
if there ~= tonumber(ARGV[1]) then return -1 end
if there == 0 then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return #ARGV[2]
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('APPEND', KEYS[1], ARGV[2])
