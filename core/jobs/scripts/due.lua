-- uses: clock
-- Reads only: milliseconds until the next lease or delay runs out (-1: none runs), then id and epoch of those that have.
local next = redis.call('ZRANGE', P .. 'timers', 0, 0, 'WITHSCORES')
if not next[1] then return { -1 } end
local answer = { math.max(0, math.ceil(next[2] - now)) }
if answer[1] > 0 then return answer end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'timers', '-inf', now, 'LIMIT', 0, 200)) do
  answer[#answer + 1] = id
  answer[#answer + 1] = redis.call('HGET', P .. 'job:' .. id, 'epoch')
end
return answer
