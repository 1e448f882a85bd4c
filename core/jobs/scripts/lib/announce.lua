local function announce(ids, batch, state)
  redis.call('XADD', P .. 'events', 'MAXLEN', '~', 20000, '*', 'j', ids, 'b', batch, 's', state)
end
