-- uses: clock announce head claim
return claim(2)
