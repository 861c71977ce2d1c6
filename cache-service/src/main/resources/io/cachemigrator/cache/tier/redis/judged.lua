-- In place of records.lua: whether an older entry was invalidated is for the caller to find out, who then asks again.
local function isInvalidated(id, envelope)
  local created = i64(envelope, 13)
  if created > tonumber(ARGV[5]) then return false end
  if created == tonumber(ARGV[6]) then return ARGV[7] == '1' end
  error('SUSPECT')
end

-- remembered by the caller
local function partOf() end
local function rememberDeletion() end
local function addToIndex() end

-- looked up by the caller, before and after
local function isChangedSince() return false end

local function deletedAt()
  return tonumber(ARGV[#ARGV])
end
