-- Writes a batch of copies in one step of the server, each only where nothing as new is, and tells what is stored then.
-- KEYS: the entries' keys, then the records of deletions of their regions, where they are on this server.
-- ARGV, after those of the rules: for each entry what must be there, as the mark of what was seen ('' = nothing, or whatever
-- loses), its deadline ('' = none) and the envelope.
-- Returns for each 1 when what is read back after writing is the envelope to the byte, or: NEWER something that stays, LATER a
-- later copy, OLDER something that may be replaced once it was looked at, DELETED since it was read, CHANGED since it was seen,
-- NONE when it has expired, DIFFERENT when something else is read back.
look(entries + 1)
local result = {}
for i = 1, entries do
  local key, seen, deadline, envelope = KEYS[i], ARGV[3 + 3 * i], ARGV[4 + 3 * i], ARGV[5 + 3 * i]
  if isDeletedSince(key) then
    result[i] = 'DELETED'
  else
    local stored = false
    if seen == '' then
      if deadline == '' then
        stored = call('SET', key, envelope, 'NX')
      else
        -- leaves no mark when it expires: what a late copy might bring back then, the comparison after the copy removes
        stored = call('SET', key, envelope, 'NX', 'PXAT', deadline)
      end
    end
    local why = nil
    if not stored then
      why = obstacle(key, i64(envelope, 13), seen)
      if why == 'LATER' and call('STRLEN', key) == #envelope and call('GET', key) == envelope then why = nil end
      if not why and deadline == '' then
        call('SET', key, envelope)
      elseif not why then
        call('SET', key, envelope, 'PXAT', deadline)
      end
    end
    if why then
      result[i] = why
    else
      local back = call('GET', key)
      if back == envelope then
        result[i] = 1
      elseif back then
        result[i] = 'DIFFERENT'
      else
        result[i] = 'NONE'
      end
    end
  end
end
return result
