-- ARGV: clock, call. Its answer never came; its estimate stays held until a person decides. 1, or 0: not open.
local record = P .. 'call:' .. ARGV[2]
local state = redis.call('HGET', record, 'state')
if state ~= 'begun' and state ~= 'lost' then return 0 end
redis.call('HSET', record, 'state', 'lost')
return 1
