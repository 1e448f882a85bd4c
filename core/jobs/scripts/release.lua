-- uses: clock announce wake read leave enter move remember wanted
-- ARGV: clock, '1' to look at the time again, failure and its code for a job lost three times, then id and epoch each.
-- Delayed jobs that are due and running ones whose lease is over go back to ready. A local journal says '0': renewals
-- are not in it, so a replay has to take the caller's word. Answers {due, lost, dead}.
local due, lost, dead = 0, 0, 0

local function over(job)
  return ARGV[2] == '0' or tonumber(redis.call('ZSCORE', P .. 's:' .. job.state, job.id)) <= now
end

local function lose(job)
  local times = (tonumber(job.lost) or 0) + 1
  local state, failure = wanted(job, 'ready'), ''
  if times >= 3 and state == 'ready' then
    state, failure, job.code = 'failed', ARGV[3], ARGV[4]
    dead = dead + 1
  else
    lost = lost + 1
  end
  remember(job, 'lost', failure)
  move(job, state, now, 'failure', failure, 'code', job.code or '', 'lost', times, 'ended', now, 'stage', '',
    'fraction', 0, 'asked', '', 'last', 'lost')
end

for i = 5, #ARGV, 2 do
  local job = read(ARGV[i])
  if job and job.epoch == ARGV[i + 1] then
    if job.state == 'delayed' and over(job) then
      move(job, 'ready')
      due = due + 1
    elseif job.state == 'running' and over(job) then
      lose(job)
    end
  end
end
announce_all()
return { due, lost, dead }
