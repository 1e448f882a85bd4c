"""The embedded worker pool: claim, render, and end the attempt one way or another."""
