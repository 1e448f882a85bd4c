-- uses: clock announce wake read leave enter move remember blame fence
-- ARGV: clock, id, epoch, token, failure, its code. 1 in the dead-letter queue, 0 stale.
local job, again = fenced('fail')
if not job then return again and 1 or 0 end
local state = job.asked == 'cancel' and 'cancelled' or 'failed'
remember(job, 'fail', ARGV[5])
job.code = ARGV[6]
move(job, state, now, 'failure', ARGV[5], 'code', ARGV[6], 'ended', now, 'stage', '', 'fraction', 0, 'asked', '',
  'bad', blame(job), 'last', 'fail')
announce_all()
return 1
