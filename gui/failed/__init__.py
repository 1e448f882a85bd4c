"""The Failed page: what could not be made, by cause; what only waits; what to do about either."""
