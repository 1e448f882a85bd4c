-- uses: clock announce wake read leave enter move remember fence wanted
-- ARGV: clock, id, epoch, token. The worker has stopped a job as asked: cancelled; or held, or (if it may go on
-- again meanwhile) ready, with its attempt back.
local job, again = fenced('cancelled')
if not job then return again and 1 or 0 end
local state = wanted(job, 'ready')
local ends = state == 'cancelled'
remember(job, ends and 'cancelled' or 'given_back', '')
move(job, state, now, 'attempts', ends and job.attempts or job.attempts - 1,
  'ended', now, 'stage', '', 'fraction', 0, 'asked', '', 'last', 'cancelled')
announce_all()
return 1
