-- uses: announce wake read leave enter move
-- ARGV: clock, ids. As hold, but what is running may end.
local waiting = { ready = true, delayed = true, parked = true }
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job and waiting[job.state] then move(job, 'held') end
end
return announce_all()
