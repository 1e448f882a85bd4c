-- ARGV: clock, machine. A machine that was set aside may claim again. 1 when it was.
redis.call('HDEL', P .. 'blame', ARGV[2])
return redis.call('SREM', P .. 'aside', ARGV[2])
