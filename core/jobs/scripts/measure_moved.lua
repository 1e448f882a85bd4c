-- ARGV: clock, a token, 'total' or 'hours', then name and amount of each figure, to be added to what is here. Once.
local told = P .. 'measured:' .. ARGV[2]
if redis.call('EXISTS', told) == 1 then return 0 end
redis.call('SET', told, '1', 'PX', 604800000)
for i = 4, #ARGV, 2 do redis.call('HINCRBY', P .. 'stat:' .. ARGV[3], ARGV[i], ARGV[i + 1]) end
return 1
