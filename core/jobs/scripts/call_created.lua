-- ARGV: clock, call, idempotency key, the service's id. 1, or 0 when this call is another one by now.
local record = P .. 'call:' .. ARGV[2]
local known = redis.call('HMGET', record, 'state', 'idem')
if not known[1] or known[2] ~= ARGV[3] or known[1] == 'settled' then return 0 end
redis.call('HSET', record, 'state', 'created', 'remote', ARGV[4])
return 1
