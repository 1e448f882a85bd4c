-- Figures of a minute or an hour, packed into one field of a hash: `name=amount name=amount …`, and `at`: which one it is.
local function unpacked(text)
  local told = {}
  for name, amount in string.gmatch(text or '', '([^ =]+)=(%-?%d+)') do told[name] = tonumber(amount) end
  return told
end
-- What begins with `now:` is how things stand: the latest counts. Everything else adds up.
local function tally(kind, field, at, told)
  local sums = unpacked(redis.call('HGET', P .. 'stat:' .. kind, tostring(field)))
  if sums.at ~= at then sums = { at = at } end -- a ring that came round
  for name, amount in pairs(told) do
    local plain = (string.gsub(name, '[ =]', '_'))
    sums[plain] = string.find(name, '^now:') and amount or (sums[plain] or 0) + amount
  end
  local parts = {}
  for name, amount in pairs(sums) do parts[#parts + 1] = name .. '=' .. string.format('%.0f', amount) end
  table.sort(parts)
  redis.call('HSET', P .. 'stat:' .. kind, tostring(field), table.concat(parts, ' '))
end
