-- uses: clock
-- ARGV: clock, id, epoch, token, lease in ms. A lease is only ever made longer. 1 renewed, 0 stale.
local v = redis.call('HMGET', P .. 'job:' .. ARGV[2], 'state', 'epoch', 'token')
if v[1] ~= 'running' or v[2] ~= ARGV[3] or v[3] ~= ARGV[4] then return 0 end
local deadline = now + ARGV[5]
if tonumber(redis.call('ZSCORE', P .. 's:running', ARGV[2])) < deadline then
  redis.call('ZADD', P .. 's:running', deadline, ARGV[2])
end
return 1
