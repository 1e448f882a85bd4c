"""The window: what the studio's staff see. Talks to core/studio.py only."""
