-- ARGV[at..]: worker, token, lease in ms, '*' or '', then the templates this machine has.
-- The head of the queues, lowest place first (highest priority, then first in, first out), and its queue's name.
-- With nothing for this worker: nil, and the newest wake-up's id.
local function head(at, blame)
  local best, place, queue
  local any, templates, names = ARGV[at + 3] == '*', {}, {}
  for i = at + 4, #ARGV do templates[ARGV[i]] = true end
  if blame < 3 then names = redis.call('SMEMBERS', P .. 'queues') end
  for _, name in ipairs(names) do
    if any or templates[name] then
      -- ZRANGE and ZREM, not ZPOPMIN: that one costs 3.6 ms in process at 100,000 members.
      local first = redis.call('ZRANGE', P .. 'ready:' .. name, 0, 0, 'WITHSCORES')
      if not first[1] then
        redis.call('SREM', P .. 'queues', name)
      else
        local score = tonumber(first[2])
        -- Ties are broken by id: a set's order differs from process to process, and a replay must not.
        if not best or score < place or (score == place and first[1] < best) then
          best, place, queue = first[1], score, name
        end
      end
    end
  end
  if best then return best, queue end
  local newest = redis.call('XREVRANGE', P .. 'wake', '+', '-', 'COUNT', 1)
  return nil, newest[1] and newest[1][1] or '0-0'
end
