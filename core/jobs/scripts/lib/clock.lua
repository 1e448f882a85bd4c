-- ARGV[1] is the caller's clock in milliseconds in local mode, and '' on a server, whose own TIME counts.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
