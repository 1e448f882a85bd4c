-- Answers the claim's parts, or the newest wake-up's id to wait from.
local function claim(at)
  local worker, token, deadline = ARGV[at], ARGV[at + 1], now + ARGV[at + 2]
  local id, queue = head(at)
  if not id then return queue end
  local record = P .. 'job:' .. id
  local job = redis.call('HMGET', record, 'job', 'epoch', 'attempts', 'batch', 'seq', 'priority')
  local epoch, attempt, batch = job[2] + 1, job[3] + 1, P .. 'batch:' .. job[4]
  redis.call('ZREM', P .. 'ready:' .. queue, id)
  redis.call('ZREM', P .. 's:ready', id)
  redis.call('ZADD', P .. 's:running', job[5], id)
  redis.call('ZADD', P .. 'timers', deadline, id)
  redis.call('HSET', record, 'state', 'running', 'epoch', epoch, 'attempts', attempt, 'token', token,
    'worker', worker, 'started', now, 'asked', '')
  redis.call('HINCRBY', batch, 'ready', -1)
  redis.call('HINCRBY', batch, 'running', 1)
  announce(id, job[4], 'running')
  return { job[1], epoch, attempt, deadline, job[6] }
end
