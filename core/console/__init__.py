"""The command line's face. Talks to core/studio.py only, as the window does."""
