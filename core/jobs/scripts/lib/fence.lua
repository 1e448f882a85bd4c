-- ARGV[2..4]: id, epoch, token. The job when this claim still holds it; nil when somebody else does.
-- A second answer of true says that this very transition was made before and its reply got lost on the way.
local function fenced(transition)
  local job = read(ARGV[2])
  if not job or job.epoch ~= ARGV[3] or job.token ~= ARGV[4] then return nil, false end
  if job.state ~= 'running' then return nil, job.last == transition end
  return job, false
end
