-- uses: clock announce aside head claim
-- ARGV: clock, then as head() says. A claim's parts, or the newest wake-up's id to wait from.
local answer, id, batch = take(2, blamed(ARGV[2]))
if id then
  redis.call('HINCRBY', P .. 'batch:' .. batch, 'ready', -1)
  redis.call('HINCRBY', P .. 'batch:' .. batch, 'running', 1)
  announce(id, batch, 'running')
end
return answer
