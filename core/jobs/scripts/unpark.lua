-- uses: announce wake read leave enter move
-- ARGV: clock, what was waited for, ids.
for i = 3, #ARGV do
  local job = read(ARGV[i])
  if job and job.state == 'parked' and job.waits_for == ARGV[2] then move(job, 'ready') end
end
return announce_all()
