-- uses: clock
-- ARGV: clock, how many hours back are kept, hours. Those that are older go.
local first = math.floor(now / 3600000) - ARGV[2]
local gone = 0
for i = 3, #ARGV do
  local hour = tonumber(string.match(ARGV[i], '^(%d+)'))
  if hour and hour < first then gone = gone + redis.call('HDEL', P .. 'stat:hours', ARGV[i]) end
end
return gone
