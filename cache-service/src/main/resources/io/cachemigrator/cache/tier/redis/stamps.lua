-- Times as bytes.
local function pack64(number)
  if number < 0 then return '\255\255\255\255\255\255\255\255' end
  return struct.pack('>I4I4', math.floor(number / 4294967296), number % 4294967296)
end
