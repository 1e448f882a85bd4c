"""What users read, in Spanish and English: the words for values, and where the sentences come from."""
