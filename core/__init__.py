"""What Trineo does, without a face: no Qt, no window, no provider is imported from here."""

__version__ = "0.1.0"
