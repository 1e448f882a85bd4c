"""What Trineo does, without a face: no Qt, no window, no provider is imported from here."""
