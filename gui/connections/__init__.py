"""What the studio is connected to: a card for each service, and what a test of it found."""
