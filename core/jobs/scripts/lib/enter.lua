-- Puts a job into the indexes of its new state. `at` is when it is due (delayed) or when it ended (failed).
local function enter(job, state, at)
  local id = job.id
  redis.call('ZADD', P .. 's:' .. state, state == 'delayed' and at or job.seq, id)
  redis.call('HINCRBY', P .. 'batch:' .. job.batch, state, 1)
  if state == 'ready' then
    redis.call('ZADD', P .. 'ready:' .. job.template, job.place, id)
    redis.call('SADD', P .. 'queues', job.template)
  elseif state == 'parked' then
    redis.call('SADD', P .. 'parked:' .. job.waits_for, id)
    redis.call('SADD', P .. 'waits', job.waits_for)
  elseif state == 'failed' then
    redis.call('ZADD', P .. 'dead', at, id)
    redis.call('ZADD', P .. 'cause:' .. job.code, at, id)
    redis.call('SADD', P .. 'causes', job.code)
  end
end
