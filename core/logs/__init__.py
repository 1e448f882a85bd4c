"""Log lines, and the one door they go out by: no key, no child’s name or words."""
