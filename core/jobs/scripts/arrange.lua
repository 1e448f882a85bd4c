-- uses: announce read touch
-- ARGV: clock, id of the job before ('' for none), of the job behind ('' for none), ids. Puts not yet ended jobs between
-- the two, in this order, sharing out what lies between their places. -1, and nothing changed, when there is no room
-- left there (a double's fractions are used up) or the two are not in this order.
local ended = { done = true, review = true, failed = true, cancelled = true }
local before, behind = read(ARGV[2]), read(ARGV[3])
local jobs = {}
for i = 4, #ARGV do
  local job = read(ARGV[i])
  if job and not ended[job.state] then jobs[#jobs + 1] = job end
end
if #jobs == 0 then return 0 end
if not before and not behind then return -1 end
local low = before and tonumber(before.place) or behind.place - #jobs - 1
local high = behind and tonumber(behind.place) or before.place + #jobs + 1
local step, last, places = (high - low) / (#jobs + 1), low, {}
for i = 1, #jobs do
  places[i] = low + i * step
  if places[i] <= last or places[i] >= high then return -1 end
  last = places[i]
end
for i, job in ipairs(jobs) do
  redis.call('HSET', P .. 'job:' .. job.id, 'place', places[i])
  if job.state == 'ready' then redis.call('ZADD', P .. 'ready:' .. job.template, places[i], job.id) end
  touch(job)
end
return announce_touched()
