-- uses: aside
-- ARGV: clock, machine. A machine that was set aside may claim again. 1 when it was.
local was = blamed(ARGV[2]) >= 3
redis.call('HDEL', P .. 'blame', ARGV[2])
return was and 1 or 0
