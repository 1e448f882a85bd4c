"""Small parts that any page may use; each knows its look and nothing of films."""
