-- uses: announce wake read leave enter move
-- ARGV: clock, ms since 1970 at which they may begin (0: now), ids. Jobs that wait, are held or are to be tried again.
local waiting = { ready = true, delayed = true, held = true }
local due = tonumber(ARGV[2])
for i = 3, #ARGV do
  local job = read(ARGV[i])
  if job and waiting[job.state] then
    if due > 0 then
      move(job, 'delayed', due, 'due', due)
    elseif job.state ~= 'ready' then
      move(job, 'ready')
    end
  end
end
return announce_all()
