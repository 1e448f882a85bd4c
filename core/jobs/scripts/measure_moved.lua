-- uses: tally
-- ARGV: clock, a token, 'total', 'hours' or 'minutes', then name and amount of each figure, or field and packed figures,
-- to be added to what is here. Once. A slot of the ring of minutes that is newer here stays as it is.
local told = P .. 'measured:' .. ARGV[2]
if redis.call('EXISTS', told) == 1 then return 0 end
redis.call('SET', told, '1', 'PX', 604800000)
for i = 4, #ARGV, 2 do
  if ARGV[3] == 'total' then
    redis.call('HINCRBY', P .. 'stat:total', ARGV[i], ARGV[i + 1])
  else
    local sums, here = unpacked(ARGV[i + 1]), unpacked(redis.call('HGET', P .. 'stat:' .. ARGV[3], ARGV[i]))
    local at = sums.at
    sums.at = nil
    if at and at >= (here.at or at) then tally(ARGV[3], ARGV[i], at, sums) end
  end
end
return 1
