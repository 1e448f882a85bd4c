"""What a person does with batches and films, each thing in a file of its own, for the studio to offer."""
