-- uses: announce wake enter
-- ARGV: clock, batch id, name, total, created in ms, then for each job its id and its record's fields and values,
-- joined by the unit separator (0x1f). Jobs from another store, behind those that are here; known ones are left.
local batch, adopted = ARGV[2], 0

local function record_of(packed, seq)
  local fields, record, name = {}, {}, nil
  for part in string.gmatch(packed, '([^\31]*)\31') do
    if name then
      record[name], name = part, nil
    else
      name = part
    end
  end
  record.place, record.seq = record.place - record.seq + seq, seq
  for field, value in pairs(record) do
    fields[#fields + 1] = field
    fields[#fields + 1] = value
  end
  return record, fields
end

redis.call('HSET', P .. 'batch:' .. batch, 'name', ARGV[3], 'total', ARGV[4], 'created', ARGV[5])
redis.call('ZADD', P .. 'batches', 'NX', ARGV[5], batch)
for i = 6, #ARGV, 2 do
  local id = ARGV[i]
  if redis.call('EXISTS', P .. 'job:' .. id) == 0 then
    local job, fields = record_of(ARGV[i + 1], redis.call('INCR', P .. 'seq'))
    job.id = id
    redis.call('HSET', P .. 'job:' .. id, unpack(fields))
    redis.call('ZADD', P .. 'all', job.seq, id)
    redis.call('ZADD', P .. 'b:' .. batch, job.seq, id)
    enter(job, job.state, job.state == 'delayed' and job.due or job.ended)
    announce(id, batch, job.state)
    adopted = adopted + 1
  end
end
if adopted > 0 then wake() end
return adopted
