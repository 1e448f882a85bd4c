-- What the operator asked for while the job was running comes before what the worker wants for it.
local function wanted(job, state)
  if job.asked == 'cancel' then return 'cancelled' end
  if job.asked == 'hold' then return 'held' end
  return state
end
