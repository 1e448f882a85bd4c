-- uses: clock
-- ARGV: clock, batch id, state ('ready', 'held' or 'delayed'), when they are due (delayed), then for each job as submit has
-- it. Puts jobs beside the queue: nobody sees them before `admit`. Jobs already known are left as they are.
-- Answers how many were new, and how many of these now wait for `admit`.
local batch, state, due = ARGV[2], ARGV[3], ARGV[4]
local aside = P .. 'incoming:' .. batch
local fresh, seen, waiting = {}, {}, 0
for i = 5, #ARGV, 4 do
  local id = ARGV[i]
  if not seen[id] then
    seen[id] = true
    if redis.call('EXISTS', P .. 'job:' .. id) == 0 then
      fresh[#fresh + 1] = i
    elseif redis.call('ZSCORE', aside, id) then
      waiting = waiting + 1
    end
  end
end
redis.call('ZADD', P .. 'incoming', now, batch)
if #fresh == 0 then return { 0, waiting } end

local seq = redis.call('INCRBY', P .. 'seq', #fresh) - #fresh
local order, ranks, queues = {}, {}, {}
for n, i in ipairs(fresh) do
  local id, template, priority = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local place = seq + n - priority * 1099511627776
  redis.call('HSET', P .. 'job:' .. id, 'job', ARGV[i + 3], 'state', state, 'batch', batch, 'seq', seq + n,
    'place', place, 'template', template, 'priority', priority, 'epoch', 0, 'attempts', 0, 'submitted', now)
  if state == 'delayed' then redis.call('HSET', P .. 'job:' .. id, 'due', due) end
  order[2 * n - 1], order[2 * n] = seq + n, id
  ranks[2 * n - 1], ranks[2 * n] = state == 'delayed' and due or seq + n, id
  local queue = queues[template] or {}
  queues[template] = queue
  queue[#queue + 1] = place
  queue[#queue + 1] = id
end
redis.call('ZADD', aside, unpack(order))
redis.call('ZADD', aside .. ':s:' .. state, unpack(ranks))
if state == 'ready' then
  for template, queue in pairs(queues) do redis.call('ZADD', aside .. ':r:' .. template, unpack(queue)) end
end
return { #fresh, waiting + #fresh }
