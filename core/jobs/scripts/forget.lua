-- uses: read leave
-- ARGV: clock, ids. Ended jobs disappear with their history; a batch goes with its last job.
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
    end
    forgotten = forgotten + 1
  end
end
return forgotten
