-- uses: clock
-- ARGV: clock, machine. 0 when it was set aside.
redis.call('ZADD', P .. 'seen', now, ARGV[2])
return 1 - redis.call('SISMEMBER', P .. 'aside', ARGV[2])
