"""The Review page: finished films looked at one by one."""
