-- uses: announce read touch
-- ARGV: clock, priority, ids. Answers how many not yet ended jobs now have it.
local ended = { done = true, review = true, failed = true, cancelled = true }
for i = 3, #ARGV do
  local job = read(ARGV[i])
  if job and not ended[job.state] then
    local place = job.seq - ARGV[2] * 1099511627776
    redis.call('HSET', P .. 'job:' .. job.id, 'priority', ARGV[2], 'place', place)
    if job.state == 'ready' then redis.call('ZADD', P .. 'ready:' .. job.template, place, job.id) end
    touch(job)
  end
end
return announce_touched()
