"""The Dashboard page: how the work goes, what it costs, and whether all is well."""
