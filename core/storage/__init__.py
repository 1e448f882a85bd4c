"""Files that are kept: caches, what killed programs leave behind, and looking at either without being led elsewhere."""
