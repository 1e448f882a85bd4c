-- uses: clock announce wake read leave enter move remember blame fence wanted
-- ARGV: clock, id, epoch, token, failure, delay in ms. 1 delayed, 0 stale.
local job, again = fenced('retry')
if not job then return again and 1 or 0 end
local due, state = now + ARGV[6], wanted(job, 'delayed')
remember(job, 'retry', ARGV[5])
move(job, state, due, 'failure', ARGV[5], 'due', due, 'ended', now, 'stage', '', 'fraction', 0, 'asked', '',
  'bad', blame(job), 'last', 'retry')
announce_all()
wake() -- somebody may be waiting for a later one
return 1
