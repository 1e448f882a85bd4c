-- uses: clock tally lately
-- ARGV: clock, a token, then name and amount of each figure. What was counted under the token already is not counted
-- again: its answer got lost on the way. Names that begin with `hour:`, and the kinds below, are counted by the hour and
-- by the minute, too; beside them it is written down how much waits, and for how long (ms) the first of it does.
local told = P .. 'measured:' .. ARGV[2]
if redis.call('EXISTS', told) == 1 then return 0 end
redis.call('SET', told, '1', 'PX', 86400000)
local timed = { stage = true, strategies = true, providers = true, cache = true, saved = true, machine = true }
local sums = { ['now:waiting'] = 0, ['now:oldest'] = 0 }
for i = 3, #ARGV, 2 do
  redis.call('HINCRBY', P .. 'stat:total', ARGV[i], ARGV[i + 1])
  local kind, what = string.match(ARGV[i], '^(%a+):(.*)')
  if kind == 'hour' then sums[what] = tonumber(ARGV[i + 1]) end
  if timed[kind or ''] then sums[ARGV[i]] = tonumber(ARGV[i + 1]) end
end
for _, state in ipairs({ 'ready', 'delayed', 'parked' }) do
  sums['now:waiting'] = sums['now:waiting'] + redis.call('ZCARD', P .. 's:' .. state)
end
local first = redis.call('ZRANGE', P .. 's:ready', 0, 0)[1]
local since = first and tonumber(redis.call('HGET', P .. 'job:' .. first, 'submitted') or '')
if since then sums['now:oldest'] = math.max(0, now - since) end
lately(sums)
return 1
