-- uses: announce wake read leave enter move
-- ARGV: clock, then id, template hash and record for each. Films in review are made again, as the record says now.
-- Attempts begin at nought, the history stays; asking twice queues it once.
for i = 2, #ARGV, 3 do
  local job = read(ARGV[i])
  if job and job.state == 'review' then
    job.template = ARGV[i + 1]
    redis.call('HSET', P .. 'job:' .. job.id, 'template', job.template, 'job', ARGV[i + 2], 'bad', '')
    move(job, 'ready', nil, 'attempts', 0, 'lost', 0, 'result', '', 'ended', 0, 'stage', '', 'fraction', 0)
  end
end
return announce_all()
