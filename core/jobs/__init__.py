"""The queue: jobs, their states, and the one store that holds them."""
