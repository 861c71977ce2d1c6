-- Removes keys, for a region that is being cleared. Returns how many there were.
local removed = redis.call('UNLINK', unpack(KEYS, first))
rememberDeletion('*', stamp)
tell('c', {})
return removed
