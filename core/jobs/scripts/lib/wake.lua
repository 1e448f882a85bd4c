-- Wakes whoever waits for work. One entry is enough: a waiter only asks whether there is a newer one.
local function wake()
  redis.call('XADD', P .. 'wake', 'MAXLEN', 1, '*', 'w', 1)
end
