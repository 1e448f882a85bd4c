-- uses: clock announce wake read leave enter move remember fence wanted
-- ARGV: clock, id, epoch, token. Back at its old place, the attempt not counted. 1 given back, 0 stale.
local job, again = fenced('give_back')
if not job then return again and 1 or 0 end
remember(job, 'given_back', '')
move(job, wanted(job, 'ready'), now, 'attempts', job.attempts - 1, 'stage', '', 'fraction', 0, 'asked', '',
  'last', 'give_back')
announce_all()
return 1
