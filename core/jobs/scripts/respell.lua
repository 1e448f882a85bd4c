-- uses: announce read touch
-- ARGV: clock, then id and record for each. Of jobs that wait, the record says from now on how names in it are said.
local waits = { ready = true, delayed = true, parked = true, held = true }
for i = 2, #ARGV, 2 do
  local job = read(ARGV[i])
  if job and waits[job.state] then
    redis.call('HSET', P .. 'job:' .. job.id, 'job', ARGV[i + 1])
    touch(job)
  end
end
return announce_touched()
