-- Numbers as text, and what processes that keep copies are told.
local function whole(number)
  return string.format('%.0f', number)
end

local function idOf(key)
  return string.sub(key, #prefix + #region + 2)
end

-- tells the processes that keep copies, if there are any; at most 200 names in a record, since a call has its limits
local function tell(kind, names, at)
  if not known[3] then return end
  for start = 1, math.max(#names, 1), 200 do
    local record = {'XADD', prefix .. '{!}log', 'MAXLEN', '~', '100000', '*', 'w', writer, 'k', kind, 'r', region}
    if at then
      record[#record + 1] = 'a'
      record[#record + 1] = whole(at)
    end
    for i = start, math.min(start + 199, #names) do
      record[#record + 1] = 'i'
      record[#record + 1] = names[i]
    end
    redis.call(unpack(record))
  end
end

local function tellEntries()
  if not known[3] then return end
  local ids = {}
  for i = first, #KEYS do ids[#ids + 1] = idOf(KEYS[i]) end
  tell('e', ids)
end
