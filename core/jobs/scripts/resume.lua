-- uses: announce wake read leave enter move
-- ARGV: clock, ids. A running job that was asked to hold may go on.
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job then
    if job.state == 'held' then
      move(job, 'ready')
    elseif job.state == 'running' and job.asked == 'hold' then
      redis.call('HSET', P .. 'job:' .. job.id, 'asked', '')
      changed.n = changed.n + 1
    end
  end
end
return announce_all()
