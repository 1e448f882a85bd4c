"""From files held over the window to a queued batch."""
