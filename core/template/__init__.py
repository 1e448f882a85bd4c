"""Templates: what a film is made of, its words, and the shared picture that is encoded only once."""
