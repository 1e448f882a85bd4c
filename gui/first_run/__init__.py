"""What a newcomer sees first: three answers that are given already, and a film."""
