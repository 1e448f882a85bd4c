local function read(id)
  local v = redis.call('HMGET', P .. 'job:' .. id, 'state', 'batch', 'seq', 'place', 'template', 'epoch',
    'token', 'attempts', 'worker', 'started', 'asked', 'waits_for', 'code', 'lost', 'bad', 'last')
  if not v[1] then return nil end
  return {
    id = id, state = v[1], batch = v[2], seq = v[3], place = v[4], template = v[5], epoch = v[6],
    token = v[7], attempts = v[8], worker = v[9], started = v[10], asked = v[11] or '', waits_for = v[12],
    code = v[13], lost = v[14], bad = v[15], last = v[16],
  }
end
