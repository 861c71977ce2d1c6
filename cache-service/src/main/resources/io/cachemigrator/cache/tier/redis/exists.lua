if isLive(idOf(KEYS[3]), bytesOf(KEYS[3])) then return 1 end
return 0
