-- Writes a batch of copies in one step of the server, each only where nothing as new is, and tells what is stored then.
-- KEYS: the entries' keys, then the records of deletions of their regions, where they are on this server.
-- ARGV, after those of the rules: how many follow for each entry, which are its deadline ('' = none), the envelope, and, where there
-- are three, what must be there, as the mark of what was seen.
-- Returns for each 1 when what is read back after writing is the envelope to the byte, or: NEWER something that stays, LATER a
-- later copy, OLDER something that may be replaced once it was looked at, DELETED since it was read, CHANGED since it was seen,
-- NONE when it has expired, DIFFERENT when something else is read back.
look(entries + 1)
local each = tonumber(ARGV[6])
local result = {}
local written, places = {}, {}
for i = 1, entries do
  local at = 7 + each * (i - 1)
  local key, deadline, envelope, seen = KEYS[i], ARGV[at], ARGV[at + 1], ''
  if each == 3 then seen = ARGV[at + 2] end
  if anyDeleted and isDeletedSince(key) then
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
    if not stored then
      local why = obstacle(key, i64(envelope, 13), seen)
      if why == 'LATER' and call('STRLEN', key) == #envelope and call('GET', key) == envelope then why = nil end
      if why then
        result[i] = why
      else
        stored = true
        if deadline == '' then
          call('SET', key, envelope)
        else
          call('SET', key, envelope, 'PXAT', deadline)
        end
      end
    end
    if stored then
      written[#written + 1] = key
      places[#places + 1] = i
    end
  end
end

if #written > 0 then
  local back = call('MGET', unpack(written))
  for n = 1, #places do
    local i = places[n]
    if back[n] == ARGV[8 + each * (i - 1)] then
      result[i] = 1
    elseif back[n] then
      result[i] = 'DIFFERENT'
    else
      result[i] = 'NONE'
    end
  end
end
return result
