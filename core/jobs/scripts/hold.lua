-- uses: announce wake read leave enter move
-- ARGV: clock, ids. A running job is asked to stop; it is held once its worker has.
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job then
    if job.state == 'ready' or job.state == 'delayed' or job.state == 'parked' then
      move(job, 'held')
    elseif job.state == 'running' and job.asked == '' then
      redis.call('HSET', P .. 'job:' .. job.id, 'asked', 'hold')
      changed.n = changed.n + 1
    end
  end
end
return announce_all()
