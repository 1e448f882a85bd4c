-- uses: clock announce complete
return complete()
