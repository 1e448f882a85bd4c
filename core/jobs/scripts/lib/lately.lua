-- Adds to the present hour and to the present minute; of minutes a ring of 120 is kept. Needs `clock` and `tally`.
local function lately(told)
  local hour, minute = math.floor(now / 3600000), math.floor(now / 60000)
  tally('hours', hour, hour, told)
  tally('minutes', minute % 120, minute, told)
end
