-- uses: read leave
-- ARGV: clock, ids. Ended jobs disappear with their history, and are counted in no total; a batch goes with its last.
local ended = { done = true, failed = true, cancelled = true }
local forgotten = 0
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job and ended[job.state] then
    leave(job)
    redis.call('ZREM', P .. 'all', job.id)
    redis.call('ZREM', P .. 'b:' .. job.batch, job.id)
    redis.call('DEL', P .. 'job:' .. job.id, P .. 'spent:j:' .. job.id)
    redis.call('SREM', P .. 'accounts', 'j:' .. job.id)
    if redis.call('ZCARD', P .. 'b:' .. job.batch) == 0 then
      redis.call('DEL', P .. 'batch:' .. job.batch)
      redis.call('ZREM', P .. 'batches', job.batch)
    elseif (tonumber(redis.call('HGET', P .. 'batch:' .. job.batch, 'total')) or 0) > 0 then
      redis.call('HINCRBY', P .. 'batch:' .. job.batch, 'total', -1)
    end
    forgotten = forgotten + 1
  end
end
return forgotten
