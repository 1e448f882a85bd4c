"""From a job to a verified film."""
