-- uses: clock
return tostring(now)
