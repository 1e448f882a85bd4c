"""The Settings page, made from the declaration of each setting."""
