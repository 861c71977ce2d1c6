-- Puts whatever is there. ARGV: '1' to tell others, then for each key how long it is kept in ms (-1 = for good) and its
-- envelope, stamped by the caller. Returns the epochs, with which the caller checks the stamp, and whether copies are kept.
for i = first, #KEYS do
  local at = own + 2 + 2 * (i - first)
  if ARGV[at] == '-1' then
    redis.call('SET', KEYS[i], ARGV[at + 1])
  else
    redis.call('SET', KEYS[i], ARGV[at + 1], 'PX', ARGV[at])
  end
end
if known[3] and ARGV[own + 1] == '1' then tellEntries() end
return known
