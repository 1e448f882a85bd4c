-- Machines that failed what this one completed are blamed.
local function vindicate(bad, worker)
  local machine = string.match(worker, '^[^/]*')
  for other in string.gmatch(bad, '%S+') do
    if other ~= machine then redis.call('HINCRBY', P .. 'blame', other, 1) end
  end
end

-- ARGV[2..6]: id, epoch, token, 'done' or 'review', result. Answers the job's batch; '' when this very completion was
-- made before and its reply got lost on the way; nil when the claim is stale. Counting and announcing are the caller's.
local function complete(blame)
  local id, epoch, state = ARGV[2], ARGV[3], ARGV[5]
  local record = P .. 'job:' .. id
  local v = redis.call('HMGET', record, 'state', 'epoch', 'token', 'batch', 'seq', 'attempts', 'worker',
    'started', 'bad', 'last')
  if v[2] ~= epoch or v[3] ~= ARGV[4] then return nil end
  if v[1] ~= 'running' then return v[10] == 'complete' and '' or nil end
  redis.call('ZREM', P .. 's:running', id)
  redis.call('ZADD', P .. 's:' .. state, v[5], id)
  redis.call('HSET', record, 'state', state, 'result', ARGV[6], 'ended', now, 'stage', '', 'fraction', 1,
    'failure', '', 'asked', '', 'last', 'complete',
    'h' .. epoch, v[6] .. '\t' .. v[7] .. '\t' .. v[8] .. '\t' .. now .. '\tdone\t')
  if blame > 0 and blame < 3 then redis.call('HDEL', P .. 'blame', string.match(v[7], '^[^/]*')) end
  if v[9] and v[9] ~= '' then vindicate(v[9], v[7]) end
  return v[4]
end
