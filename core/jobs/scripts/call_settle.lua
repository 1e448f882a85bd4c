-- uses: clock tally lately
-- ARGV: clock, call, '1' to keep the record as settled, calls to count (0 or 1), characters, ms, micro-dollars.
-- 1, or 0 when there is no such call or it was settled before (then '' for `keep` still drops its record).
local record = P .. 'call:' .. ARGV[2]
local call = redis.call('HMGET', record, 'state', 'provider', 'usd', 'job', 'batch', 'day')
if not call[1] then return 0 end
local settled = call[1] == 'settled'
if not settled then
  local accounts = { 'spent:d:' .. call[6], 'spent:b:' .. call[5] }
  for _, account in ipairs(accounts) do redis.call('HINCRBY', P .. account, 'held', -call[3]) end
  if ARGV[4] ~= '0' then
    accounts[3] = 'spent:j:' .. call[4]
    redis.call('SADD', P .. 'accounts', 'j:' .. call[4])
    local by = ':' .. call[2]
    lately({
      usd = tonumber(ARGV[7]),
      ['calls' .. by] = tonumber(ARGV[4]),
      ['chars' .. by] = tonumber(ARGV[5]),
      ['ms' .. by] = tonumber(ARGV[6]),
      ['usd' .. by] = tonumber(ARGV[7]),
    })
    for _, account in ipairs(accounts) do
      redis.call('HINCRBY', P .. account, 'usd', ARGV[7])
      redis.call('HINCRBY', P .. account, call[2] .. ':calls', ARGV[4])
      redis.call('HINCRBY', P .. account, call[2] .. ':chars', ARGV[5])
      redis.call('HINCRBY', P .. account, call[2] .. ':ms', ARGV[6])
      redis.call('HINCRBY', P .. account, call[2] .. ':usd', ARGV[7])
    end
  end
end
if ARGV[3] == '1' then
  if not settled then
    redis.call('HSET', record, 'state', 'settled', 'chars', ARGV[5], 'ms', ARGV[6], 'usd', ARGV[7], 'ended', now)
  end
else
  redis.call('DEL', record)
  redis.call('ZREM', P .. 'calls', ARGV[2])
end
return settled and 0 or 1
