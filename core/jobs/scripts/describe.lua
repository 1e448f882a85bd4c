-- ARGV: clock, batch id, review_every, first, start and deadline in ms. What the operator wants of a batch besides its
-- films; 0 says nothing. It may come before the batch's first job.
local fields = { 'review_every', 'first', 'start', 'deadline' }
for i, field in ipairs(fields) do
  if ARGV[i + 2] == '0' then
    redis.call('HDEL', P .. 'batch:' .. ARGV[2], field)
  else
    redis.call('HSET', P .. 'batch:' .. ARGV[2], field, ARGV[i + 2])
  end
end
return 1
