-- uses: announce wake read leave enter move
-- ARGV: clock, then for each: id, template hash and record when it was edited (else '', ''). A job that is not in the
-- dead-letter queue (any more) is left alone, so asking twice queues it once. The history stays.
for i = 2, #ARGV, 3 do
  local job = read(ARGV[i])
  if job and job.state == 'failed' then
    if ARGV[i + 2] ~= '' then
      job.template = ARGV[i + 1]
      redis.call('HSET', P .. 'job:' .. job.id, 'template', job.template, 'job', ARGV[i + 2], 'bad', '')
    end
    move(job, 'ready', nil, 'attempts', 0, 'lost', 0, 'failure', '', 'ended', 0, 'stage', '', 'fraction', 0)
  end
end
return announce_all()
