-- uses: clock announce wake read leave enter move remember fence
-- ARGV: clock, id, epoch, token. The worker has stopped a job as asked: cancelled, or held with its attempt back.
local job, again = fenced('cancelled')
if not job then return again and 1 or 0 end
local held = job.asked == 'hold'
remember(job, held and 'given_back' or 'cancelled', '')
move(job, held and 'held' or 'cancelled', now, 'attempts', held and job.attempts - 1 or job.attempts,
  'ended', now, 'stage', '', 'fraction', 0, 'asked', '', 'last', 'cancelled')
announce_all()
return 1
