"""What Trineo is, which one, and whose work is in it."""
