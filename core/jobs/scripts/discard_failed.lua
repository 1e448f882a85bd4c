-- uses: announce wake read leave enter move
-- ARGV: clock, ids. Out of the dead-letter queue for good; record and failure stay readable as a cancelled job.
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job and job.state == 'failed' then move(job, 'cancelled', nil, 'was', 'failed') end
end
return announce_all()
