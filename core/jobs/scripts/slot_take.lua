-- uses: clock
-- ARGV: clock, resource, how many there are, token, lease in ms. 1: taken or kept; 0: all are taken.
local name = P .. 'slots:' .. ARGV[2]
redis.call('ZREMRANGEBYSCORE', name, '-inf', now)
if not redis.call('ZSCORE', name, ARGV[4]) and redis.call('ZCARD', name) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', name, now + ARGV[5], ARGV[4])
return 1
