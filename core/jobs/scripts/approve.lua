-- uses: clock announce wake read leave enter move
-- ARGV: clock, failure and code for those not approved ('' to approve), ids. Out of review.
for i = 4, #ARGV do
  local job = read(ARGV[i])
  if job and job.state == 'review' then
    if ARGV[2] == '' then
      move(job, 'done', now)
    else
      job.code = ARGV[3]
      move(job, 'failed', now, 'failure', ARGV[2], 'code', ARGV[3], 'ended', now)
    end
  end
end
return announce_all()
