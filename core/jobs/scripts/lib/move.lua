-- The same change for many jobs, announced together: one event for each batch and state, not for each job.
local changed = { n = 0, woken = false, groups = {} }

local function move(job, state, at, ...)
  leave(job)
  enter(job, state, at)
  redis.call('HSET', P .. 'job:' .. job.id, 'state', state, ...)
  local group = changed.groups[state .. job.batch]
  if not group then
    group = { batch = job.batch, state = state, ids = {} }
    changed.groups[state .. job.batch] = group
  end
  group.ids[#group.ids + 1] = job.id
  changed.n = changed.n + 1
  changed.woken = changed.woken or state == 'ready'
end

local function announce_all()
  for _, group in pairs(changed.groups) do announce(table.concat(group.ids, ' '), group.batch, group.state) end
  if changed.woken then wake() end
  return changed.n
end
