-- ARGV: clock, 'call' or 'spent', the call or account, a token, then its fields and values. A call that is known here is
-- left as it is; what was spent and is held is added to what is here, once for each token.
local name = P .. ARGV[2] .. ':' .. ARGV[3]
local told = P .. 'measured:' .. ARGV[4]
if redis.call('EXISTS', ARGV[2] == 'call' and name or told) == 1 then return 0 end
for i = 5, #ARGV, 2 do
  if ARGV[2] == 'spent' then
    redis.call('HINCRBY', name, ARGV[i], ARGV[i + 1])
  else
    redis.call('HSET', name, ARGV[i], ARGV[i + 1])
    if ARGV[i] == 'begun' then redis.call('ZADD', P .. 'calls', ARGV[i + 1], ARGV[3]) end
  end
end
if ARGV[2] == 'spent' then
  redis.call('SADD', P .. 'accounts', ARGV[3])
  redis.call('SET', told, '1', 'PX', 604800000)
end
return 1
