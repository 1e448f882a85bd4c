"""What keeps a studio running well: health, cleaning up, forgetting, asking for help."""
