-- uses: clock announce aside complete
-- ARGV: clock, then as complete() says, and the worker. 1 done, 0 stale.
local batch = complete(blamed(ARGV[7]))
if not batch then return 0 end
if batch ~= '' then
  redis.call('HINCRBY', P .. 'batch:' .. batch, 'running', -1)
  redis.call('HINCRBY', P .. 'batch:' .. batch, ARGV[5], 1)
  announce(ARGV[2], batch, ARGV[5])
end
return 1
