-- uses: clock announce wake
-- ARGV: clock, 'ready' or 'held', batch id, name, total, created in ms (0: now), then for each job:
-- id, template hash, priority, record as JSON. Place in the queue: priority first, then the sequence.
-- Jobs already known (by id) are left as they are. Answers how many were new.
local state, batch, created = ARGV[2], ARGV[3], tonumber(ARGV[6])
local fresh, seen = {}, {}
for i = 7, #ARGV, 4 do
  local id = ARGV[i]
  if not seen[id] and redis.call('EXISTS', P .. 'job:' .. id) == 0 then
    seen[id] = true
    fresh[#fresh + 1] = i
  end
end
if created == 0 then created = now end
redis.call('HSET', P .. 'batch:' .. batch, 'name', ARGV[4], 'total', ARGV[5])
redis.call('HSETNX', P .. 'batch:' .. batch, 'created', created)
redis.call('ZADD', P .. 'batches', 'NX', created, batch)
if #fresh == 0 then return 0 end

local seq = redis.call('INCRBY', P .. 'seq', #fresh) - #fresh
local ids, order, queues = {}, {}, {}
for n, i in ipairs(fresh) do
  local id, template, priority = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local place = seq + n - priority * 1099511627776
  redis.call('HSET', P .. 'job:' .. id, 'job', ARGV[i + 3], 'state', state, 'batch', batch, 'seq', seq + n,
    'place', place, 'template', template, 'priority', priority, 'epoch', 0, 'attempts', 0, 'submitted', now)
  ids[n] = id
  order[2 * n - 1], order[2 * n] = seq + n, id
  local queue = queues[template] or {}
  queues[template] = queue
  queue[#queue + 1] = place
  queue[#queue + 1] = id
end
redis.call('ZADD', P .. 'all', unpack(order))
redis.call('ZADD', P .. 'b:' .. batch, unpack(order))
redis.call('ZADD', P .. 's:' .. state, unpack(order))
redis.call('HINCRBY', P .. 'batch:' .. batch, state, #fresh)
if state == 'ready' then
  for template, queue in pairs(queues) do
    redis.call('ZADD', P .. 'ready:' .. template, unpack(queue))
    redis.call('SADD', P .. 'queues', template)
  end
  wake()
end
announce(table.concat(ids, ' '), batch, state)
return #fresh
