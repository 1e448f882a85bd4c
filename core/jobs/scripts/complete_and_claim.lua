-- uses: clock announce complete head claim
-- The next claim only after the completion was accepted: 0 when it was stale.
if complete() == 0 then return 0 end
return claim(7)
