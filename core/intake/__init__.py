"""From the operator's files to clean jobs: readers, fields, preflight."""
