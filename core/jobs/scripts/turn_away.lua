-- ARGV: clock, ms since 1970, how many jobs at most. Throws out what began to arrive before that time and was never
-- admitted: whoever sent it died. Answers how many jobs went; with the last of a batch everything of it.
local left = tonumber(ARGV[3])
for _, batch in ipairs(redis.call('ZRANGEBYSCORE', P .. 'incoming', '-inf', ARGV[2])) do
  local aside = P .. 'incoming:' .. batch
  for _, id in ipairs(redis.call('ZRANGE', aside, 0, left - 1)) do
    local job = redis.call('HMGET', P .. 'job:' .. id, 'state', 'template')
    redis.call('ZREM', aside, id)
    redis.call('ZREM', aside .. ':s:' .. job[1], id)
    redis.call('ZREM', aside .. ':r:' .. job[2], id)
    redis.call('DEL', P .. 'job:' .. id)
    left = left - 1
  end
  if redis.call('ZCARD', aside) == 0 then
    redis.call('ZREM', P .. 'incoming', batch)
    if not redis.call('ZSCORE', P .. 'batches', batch) then redis.call('DEL', P .. 'batch:' .. batch) end
  end
  if left <= 0 then break end
end
return ARGV[3] - left
