-- uses: clock
-- ARGV: clock, call, provider, idempotency key, characters, ms, micro-dollars, job, batch, day, the day's budget and the
-- batch's in micro-dollars ('' none). {'new'}; {'over', 'day' or 'batch'}; or what is known of it: {state, key, remote, begun}.
local record = P .. 'call:' .. ARGV[2]
local known = redis.call('HMGET', record, 'state', 'idem', 'remote', 'begun')
if known[1] == 'begun' and known[2] == ARGV[4] then return { 'new' } end -- the reply got lost on the way
if known[1] then return known end
local usd = tonumber(ARGV[7])
local day, batch = P .. 'spent:d:' .. ARGV[10], P .. 'spent:b:' .. ARGV[9]
local function over(account, limit)
  if limit == '' or usd == 0 then return false end
  local sums = redis.call('HMGET', account, 'usd', 'held')
  return (tonumber(sums[1]) or 0) + (tonumber(sums[2]) or 0) + usd > tonumber(limit)
end
if over(day, ARGV[11]) then return { 'over', 'day' } end
if over(batch, ARGV[12]) then return { 'over', 'batch' } end
redis.call('HSET', record, 'state', 'begun', 'provider', ARGV[3], 'idem', ARGV[4], 'chars', ARGV[5], 'ms', ARGV[6],
  'usd', ARGV[7], 'job', ARGV[8], 'batch', ARGV[9], 'day', ARGV[10], 'remote', '', 'begun', now)
redis.call('ZADD', P .. 'calls', now, ARGV[2])
redis.call('SADD', P .. 'accounts', 'd:' .. ARGV[10], 'b:' .. ARGV[9])
redis.call('HINCRBY', day, 'held', usd)
redis.call('HINCRBY', batch, 'held', usd)
return { 'new' }
