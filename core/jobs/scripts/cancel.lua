-- uses: clock announce wake read leave enter move
-- ARGV: clock, ids. A running job is asked to stop; it is cancelled once its worker has.
local waiting = { ready = true, delayed = true, parked = true, held = true }
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job then
    if waiting[job.state] then
      move(job, 'cancelled', now, 'ended', now, 'was', job.state)
    elseif job.state == 'running' and job.asked ~= 'cancel' then
      redis.call('HSET', P .. 'job:' .. job.id, 'asked', 'cancel')
      changed.n = changed.n + 1
    end
  end
end
return announce_all()
