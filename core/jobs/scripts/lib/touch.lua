-- Jobs that changed but stay in their state, announced together: one event for each batch and state.
local touched = { n = 0, groups = {} }

local function touch(job)
  local group = touched.groups[job.state .. job.batch]
  if not group then
    group = { batch = job.batch, state = job.state, ids = {} }
    touched.groups[job.state .. job.batch] = group
  end
  group.ids[#group.ids + 1] = job.id
  touched.n = touched.n + 1
end

local function announce_touched()
  for _, group in pairs(touched.groups) do announce(table.concat(group.ids, ' '), group.batch, group.state) end
  return touched.n
end
