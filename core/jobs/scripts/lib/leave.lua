-- Takes a job out of the indexes of the state it is in. `job` comes from read(); `state` stays as it was.
local function leave(job)
  local id, state = job.id, job.state
  redis.call('ZREM', P .. 's:' .. state, id)
  redis.call('HINCRBY', P .. 'batch:' .. job.batch, state, -1)
  if state == 'ready' then
    redis.call('ZREM', P .. 'ready:' .. job.template, id)
  elseif state == 'parked' then
    redis.call('SREM', P .. 'parked:' .. job.waits_for, id)
    if redis.call('SCARD', P .. 'parked:' .. job.waits_for) == 0 then
      redis.call('SREM', P .. 'waits', job.waits_for)
    end
  elseif state == 'failed' then
    redis.call('ZREM', P .. 'dead', id)
    redis.call('ZREM', P .. 'cause:' .. job.code, id)
    if redis.call('ZCARD', P .. 'cause:' .. job.code) == 0 then redis.call('SREM', P .. 'causes', job.code) end
  end
end
