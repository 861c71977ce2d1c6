-- Removes keys, for a region that is being cleared. Returns how many there were.
local removed = 0
if #KEYS >= first then removed = redis.call('UNLINK', unpack(KEYS, first)) end
rememberDeletion('*', stamp)
tell('c', {})
return removed
