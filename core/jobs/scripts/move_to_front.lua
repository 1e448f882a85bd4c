-- uses: announce read touch
-- ARGV: clock, ids. Before everything that waits now, whatever its priority; the first id first.
local front = tonumber(redis.call('GET', P .. 'front') or 0)
for _, name in ipairs(redis.call('SMEMBERS', P .. 'queues')) do
  local first = redis.call('ZRANGE', P .. 'ready:' .. name, 0, 0, 'WITHSCORES')
  if first[2] then front = math.min(front, tonumber(first[2])) end
end
local ended = { done = true, review = true, failed = true, cancelled = true }
for i = #ARGV, 2, -1 do
  local job = read(ARGV[i])
  if job and not ended[job.state] then
    front = front - 1
    redis.call('HSET', P .. 'job:' .. job.id, 'place', front)
    if job.state == 'ready' then redis.call('ZADD', P .. 'ready:' .. job.template, front, job.id) end
    touch(job)
  end
end
local changed = announce_touched()
if changed > 0 then redis.call('SET', P .. 'front', front) end
return changed
