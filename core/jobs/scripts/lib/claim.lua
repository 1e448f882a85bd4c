-- The same claim, when its answer got lost on the way and it is asked for again. In process no answer gets lost.
local function taken_before(token)
  local id = ARGV[1] == '' and redis.call('GET', P .. 'claim:' .. token)
  if not id then return nil end
  local job = redis.call('HMGET', P .. 'job:' .. id, 'job', 'epoch', 'attempts', 'priority', 'state', 'token')
  if job[5] ~= 'running' or job[6] ~= token then return nil end
  return { job[1], job[2], job[3], redis.call('ZSCORE', P .. 's:running', id), job[4] }
end

-- Takes the head of the queues. Answers the claim's parts, the job's id and its batch, or the newest wake-up's id alone.
-- Counting the job and announcing it is left to the caller, who may have another one to tell of.
local function take(at, blame)
  local worker, token, deadline = ARGV[at], ARGV[at + 1], now + ARGV[at + 2]
  local again = taken_before(token)
  if again then return again end
  local id, queue = head(at, blame)
  if not id then return queue end
  local record = P .. 'job:' .. id
  local job = redis.call('HMGET', record, 'job', 'epoch', 'attempts', 'batch', 'priority')
  local epoch, attempt = job[2] + 1, job[3] + 1
  redis.call('ZREM', P .. 'ready:' .. queue, id)
  redis.call('ZREM', P .. 's:ready', id)
  redis.call('ZADD', P .. 's:running', deadline, id)
  redis.call('HSET', record, 'state', 'running', 'epoch', epoch, 'attempts', attempt, 'token', token,
    'worker', worker, 'started', now, 'asked', '')
  if ARGV[1] == '' then redis.call('SET', P .. 'claim:' .. token, id, 'PX', ARGV[at + 2] + 1) end
  return { job[1], epoch, attempt, deadline, job[5] }, id, job[4]
end
