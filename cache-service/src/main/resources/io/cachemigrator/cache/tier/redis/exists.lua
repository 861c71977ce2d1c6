if isLive(idOf(KEYS[first]), bytesOf(KEYS[first])) then return 1 end
return 0
