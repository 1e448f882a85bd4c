-- ARGV: clock, 'call' or 'spent', the call or account, then its fields and values. What is known here is left as it is.
local name = P .. ARGV[2] .. ':' .. ARGV[3]
if redis.call('EXISTS', name) == 1 then return 0 end
for i = 4, #ARGV, 2 do
  redis.call('HSET', name, ARGV[i], ARGV[i + 1])
  if ARGV[2] == 'call' and ARGV[i] == 'begun' then redis.call('ZADD', P .. 'calls', ARGV[i + 1], ARGV[3]) end
end
if ARGV[2] == 'spent' then redis.call('SADD', P .. 'accounts', ARGV[3]) end
return 1
