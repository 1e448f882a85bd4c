-- Machines that failed what this one completed are counted; three in a row sets a machine aside.
local function vindicate(bad, machine)
  redis.call('HDEL', P .. 'blame', machine)
  for other in string.gmatch(bad or '', '%S+') do
    if other ~= machine and redis.call('HINCRBY', P .. 'blame', other, 1) >= 3 then
      redis.call('SADD', P .. 'aside', other)
    end
  end
end

-- ARGV[2..6]: id, epoch, token, 'done' or 'review', result. 1 done, 0 stale.
local function complete()
  local id, epoch, token, state = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
  local record = P .. 'job:' .. id
  local v = redis.call('HMGET', record, 'state', 'epoch', 'token', 'batch', 'seq', 'attempts', 'worker',
    'started', 'bad', 'last')
  if v[2] ~= epoch or v[3] ~= token then return 0 end
  if v[1] ~= 'running' then return v[10] == 'complete' and 1 or 0 end
  local batch = P .. 'batch:' .. v[4]
  redis.call('ZREM', P .. 'timers', id)
  redis.call('ZREM', P .. 's:running', id)
  redis.call('ZADD', P .. 's:' .. state, v[5], id)
  redis.call('HSET', record, 'state', state, 'result', ARGV[6], 'ended', now, 'stage', '', 'fraction', 1,
    'failure', '', 'asked', '', 'last', 'complete',
    'h' .. epoch, v[6] .. '\t' .. v[7] .. '\t' .. v[8] .. '\t' .. now .. '\tdone\t')
  redis.call('HINCRBY', batch, 'running', -1)
  redis.call('HINCRBY', batch, state, 1)
  vindicate(v[9], string.match(v[7], '^[^/]*'))
  announce(id, v[4], state)
  return 1
end
