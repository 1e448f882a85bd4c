-- The machine (the part of the worker's name before '/') that failed this job, for when another completes it.
local function blame(job)
  local machine = string.match(job.worker, '^[^/]*')
  local bad = job.bad or ''
  if string.find(' ' .. bad .. ' ', ' ' .. machine .. ' ', 1, true) then return bad end
  return bad == '' and machine or bad .. ' ' .. machine
end
