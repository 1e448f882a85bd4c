"""Picture and sound: encoding, probing, mixing, joining. The only folder that starts FFmpeg."""
