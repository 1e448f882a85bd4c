"""A film’s words changed by hand."""
