-- uses: clock announce wake
-- ARGV: clock, then for each batch: id, name, total, created in ms (0: now), how many of its jobs wait, and their templates
-- with a blank between. All that `arrive` put beside the queue is in it now. 1; or 0, and nothing changed, when not just as
-- many wait: they were thrown out meanwhile, or this was done before and its reply got lost on the way.
for i = 2, #ARGV, 6 do
  if redis.call('ZCARD', P .. 'incoming:' .. ARGV[i]) ~= tonumber(ARGV[i + 4]) then return 0 end
end

-- Adds the members of one sorted set to another, by whichever way costs less.
local function add(from, into)
  if redis.call('ZCARD', into) < 8 * redis.call('ZCARD', from) then
    redis.call('ZUNIONSTORE', into, 2, into, from)
    return
  end
  local told = redis.call('ZRANGE', from, 0, -1, 'WITHSCORES')
  for first = 1, #told, 1000 do
    local some = {}
    for at = first, math.min(first + 999, #told), 2 do
      some[#some + 1], some[#some + 2] = told[at + 1], told[at]
    end
    redis.call('ZADD', into, unpack(some))
  end
end

-- Moves the members of one sorted set into others; answers them.
local function pour(from, ...)
  local ids = redis.call('ZRANGE', from, 0, -1)
  for _, into in ipairs({ ... }) do add(from, into) end
  redis.call('DEL', from)
  return ids
end

local function admit(batch, templates)
  local aside = P .. 'incoming:' .. batch
  pour(aside, P .. 'all', P .. 'b:' .. batch)
  for template in string.gmatch(templates, '%S+') do
    if #pour(aside .. ':r:' .. template, P .. 'ready:' .. template) > 0 then
      redis.call('SADD', P .. 'queues', template)
    end
  end
  for _, state in ipairs({ 'ready', 'held', 'delayed' }) do
    local ids = pour(aside .. ':s:' .. state, P .. 's:' .. state)
    if #ids > 0 then redis.call('HINCRBY', P .. 'batch:' .. batch, state, #ids) end
    for first = 1, #ids, 250 do
      announce(table.concat(ids, ' ', first, math.min(first + 249, #ids)), batch, state)
    end
  end
  redis.call('ZREM', P .. 'incoming', batch)
end

for i = 2, #ARGV, 6 do
  local batch, created = ARGV[i], tonumber(ARGV[i + 3])
  if created == 0 then created = now end
  redis.call('HSET', P .. 'batch:' .. batch, 'name', ARGV[i + 1], 'total', ARGV[i + 2])
  redis.call('HSETNX', P .. 'batch:' .. batch, 'created', created)
  redis.call('ZADD', P .. 'batches', 'NX', created, batch)
  admit(batch, ARGV[i + 5])
end
wake()
return 1
