-- uses: clock announce wake read leave enter move remember fence wanted
-- ARGV: clock, id, epoch, token, failure, what it waits for. The begun attempt is not counted. 1 parked, 0 stale.
-- What waits for the same thing again and again has one line of history for it: thousands may wait all night.
local job, again = fenced('park')
if not job then return again and 1 or 0 end
if job.last == 'park' and job.waits_for == ARGV[6] then
  local record, line = P .. 'job:' .. job.id, 'h' .. (job.epoch - 1)
  local before = redis.call('HGET', record, line)
  if before then
    job.started = string.match(before, '^[^\t]*\t[^\t]*\t([^\t]*)')
    redis.call('HDEL', record, line)
  end
end
remember(job, 'park', ARGV[5])
job.waits_for = ARGV[6]
move(job, wanted(job, 'parked'), now, 'failure', ARGV[5], 'waits_for', ARGV[6], 'attempts', job.attempts - 1,
  'ended', now, 'stage', '', 'fraction', 0, 'asked', '', 'last', 'park')
announce_all()
return 1
