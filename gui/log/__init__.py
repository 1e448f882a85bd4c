"""The Log page: what the program did, line by line."""
