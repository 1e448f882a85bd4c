-- ARGV: clock, id and its record as JSON for each. Those that are done or cancelled keep only what the JSON says.
local changed = 0
for i = 2, #ARGV, 2 do
  local record = P .. 'job:' .. ARGV[i]
  local state = redis.call('HGET', record, 'state')
  if state == 'done' or state == 'cancelled' then
    redis.call('HSET', record, 'job', ARGV[i + 1])
    changed = changed + 1
  end
end
return changed
