-- How many jobs in a row a machine (the part of the worker's name before '/') failed that others completed.
-- From three on it is set aside, and stays so until it is readmitted.
local function blamed(worker)
  return tonumber(redis.call('HGET', P .. 'blame', string.match(worker, '^[^/]*'))) or 0
end
