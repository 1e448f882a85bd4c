-- uses: announce wake read leave enter move
-- ARGV: clock, ids. Cancelled and discarded jobs are again what they were (`was`); what ran is ready, at its old place,
-- and the attempt that was stopped is not counted. One that was asked to stop and still runs may go on.
local function back(job)
  local rest = redis.call('HMGET', P .. 'job:' .. job.id, 'was', 'due', 'ended')
  local was = rest[1] or ''
  local attempts = was == '' and job.last == 'cancelled' and job.attempts - 1 or job.attempts
  if was == '' then was = 'ready' end
  move(job, was, was == 'delayed' and rest[2] or rest[3], 'was', '', 'attempts', attempts)
end

for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job and job.state == 'cancelled' then
    back(job)
  elseif job and job.state == 'running' and job.asked == 'cancel' then
    redis.call('HSET', P .. 'job:' .. job.id, 'asked', '')
    changed.n = changed.n + 1
  end
end
return announce_all()
