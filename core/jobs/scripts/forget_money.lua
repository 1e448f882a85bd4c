-- ARGV: clock, ms before which a call must have ended, then calls, '|', then accounts. Settled calls go, and accounts of
-- jobs and batches that are gone, if nothing is held for them.
local gone, calls = 0, true
for i = 3, #ARGV do
  local name = ARGV[i]
  if name == '|' then
    calls = false
  elseif calls then
    local call = redis.call('HMGET', P .. 'call:' .. name, 'state', 'ended')
    if call[1] == 'settled' and (tonumber(call[2]) or 0) < tonumber(ARGV[2]) then
      redis.call('DEL', P .. 'call:' .. name)
      redis.call('ZREM', P .. 'calls', name)
      gone = gone + 1
    end
  else
    local kind, of = string.match(name, '^([bj]):(.*)')
    local held = tonumber(redis.call('HGET', P .. 'spent:' .. name, 'held') or '0') or 0
    if kind and held == 0 and redis.call('EXISTS', P .. (kind == 'b' and 'batch:' or 'job:') .. of) == 0 then
      redis.call('DEL', P .. 'spent:' .. name)
      redis.call('SREM', P .. 'accounts', name)
      gone = gone + 1
    end
  end
end
return gone
