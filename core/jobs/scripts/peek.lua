-- uses: aside head
-- What claim would answer, but without claiming: 1 when there is a job, else the newest wake-up's id.
local id, newest = head(2, blamed(ARGV[2]))
return id and 1 or newest
