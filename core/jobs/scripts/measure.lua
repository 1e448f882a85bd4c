-- uses: clock
-- ARGV: clock, a token, then name and amount of each figure. What was counted under the token already is not counted
-- again: its answer got lost on the way. A name that begins with `hour:` is counted for the present hour, too.
local told = P .. 'measured:' .. ARGV[2]
if redis.call('EXISTS', told) == 1 then return 0 end
redis.call('SET', told, '1', 'PX', 86400000)
local hour = math.floor(now / 3600000)
for i = 3, #ARGV, 2 do
  redis.call('HINCRBY', P .. 'stat:total', ARGV[i], ARGV[i + 1])
  local what = string.match(ARGV[i], '^hour:(.*)')
  if what then redis.call('HINCRBY', P .. 'stat:hours', hour .. ':' .. what, ARGV[i + 1]) end
end
return 1
