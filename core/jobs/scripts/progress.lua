-- ARGV: clock, id, epoch, token, stage, fraction. -1 stale, 1 when the operator asked it to stop, else 0.
local v = redis.call('HMGET', P .. 'job:' .. ARGV[2], 'state', 'epoch', 'token', 'asked', 'batch')
if v[1] ~= 'running' or v[2] ~= ARGV[3] or v[3] ~= ARGV[4] then return -1 end
redis.call('HSET', P .. 'job:' .. ARGV[2], 'stage', ARGV[5], 'fraction', ARGV[6])
redis.call('XADD', P .. 'events', 'MAXLEN', '~', 20000, '*', 'j', ARGV[2], 'b', v[5], 'g', ARGV[5], 'f', ARGV[6])
return (v[4] or '') == '' and 0 or 1
