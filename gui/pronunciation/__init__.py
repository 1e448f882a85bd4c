"""How names are said: heard, respelled, kept."""
