-- One line of history for each epoch, in the record itself; the newest fifty are kept.
local function remember(job, how, failure)
  local epoch = tonumber(job.epoch)
  redis.call('HSET', P .. 'job:' .. job.id, 'h' .. job.epoch,
    table.concat({ job.attempts, job.worker, job.started, now, how, failure }, '\t'))
  if epoch > 50 then redis.call('HDEL', P .. 'job:' .. job.id, 'h' .. (epoch - 50)) end
end
