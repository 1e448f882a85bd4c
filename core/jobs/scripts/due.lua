-- uses: clock
-- Reads only: milliseconds until the next lease or delay is over (-1: there is none), then id and epoch of those that are.
local answer = { -1 }
for _, name in ipairs({ 's:running', 's:delayed' }) do
  local first = redis.call('ZRANGE', P .. name, 0, 0, 'WITHSCORES')
  if first[1] then
    local left = math.max(0, math.ceil(first[2] - now))
    if answer[1] < 0 or left < answer[1] then answer[1] = left end
    if left == 0 then
      for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. name, '-inf', now, 'LIMIT', 0, 100)) do
        answer[#answer + 1] = id
        answer[#answer + 1] = redis.call('HGET', P .. 'job:' .. id, 'epoch')
      end
    end
  end
end
return answer
