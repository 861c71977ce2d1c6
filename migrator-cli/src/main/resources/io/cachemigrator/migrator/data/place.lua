-- Moves a large copy, which was brought under a key of its own and read back there, into its place in one step of the server,
-- only where nothing as new is.
-- KEYS: the place, the key that the copy has, then the record of deletions of its region, where it is on this server.
-- ARGV, after those of the rules: the mark of what was seen in the place ('' = nothing, or whatever loses), the deadline
-- ('' = none), the length of the copy, and its times as the envelope has them, 16 bytes.
-- Returns 1 when it is in its place, or a word as for batches, or: LOST when the copy is not there any more.
local seen, deadline, length, times = ARGV[6], ARGV[7], tonumber(ARGV[8]), ARGV[9]
look(3)
if isDeletedSince(KEYS[1]) then return 'DELETED' end
local why = obstacle(KEYS[1], i64(times, 1), seen)
if why then return why end
if call('STRLEN', KEYS[2]) ~= length then return 'LOST' end
call('SETRANGE', KEYS[2], 12, times)
call('UNLINK', KEYS[1])
call('RENAME', KEYS[2], KEYS[1])
if deadline == '' then
  call('PERSIST', KEYS[1])
else
  call('PEXPIREAT', KEYS[1], deadline)
end
if call('EXISTS', KEYS[1]) == 0 then return 'NONE' end
return 1
