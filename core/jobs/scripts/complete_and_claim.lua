-- uses: clock aside complete head claim
-- ARGV: clock, then as complete() and head() say. 0 when the completion was stale, and then nothing is claimed.
local blame = blamed(ARGV[7])
local done = complete(blame)
if not done then return 0 end
local answer, id, batch = take(7, blame)

local counts, event = {}, {}
local function count(of, state, by)
  local name = P .. 'batch:' .. of
  counts[name] = counts[name] or {}
  counts[name][state] = (counts[name][state] or 0) + by
end
if done ~= '' then
  count(done, 'running', -1)
  count(done, ARGV[5], 1)
  event = { 'j', ARGV[2], 'b', done, 's', ARGV[5] }
end
if id then
  count(batch, 'ready', -1)
  count(batch, 'running', 1)
  local n, second = #event, done == '' and '' or '2'
  event[n + 1], event[n + 2], event[n + 3] = 'j' .. second, id, 'b' .. second
  event[n + 4], event[n + 5], event[n + 6] = batch, 's' .. second, 'running'
end
for name, states in pairs(counts) do
  for state, by in pairs(states) do
    if by ~= 0 then redis.call('HINCRBY', name, state, by) end
  end
end
if #event > 0 then redis.call('XADD', P .. 'events', 'MAXLEN', '~', 20000, '*', unpack(event)) end
return answer
