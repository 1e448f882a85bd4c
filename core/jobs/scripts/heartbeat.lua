-- uses: clock aside
-- ARGV: clock, machine. 0 when it was set aside.
redis.call('ZADD', P .. 'seen', now, ARGV[2])
return blamed(ARGV[2]) < 3 and 1 or 0
