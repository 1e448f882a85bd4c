"""Every setting: declared once, read once, passed down."""
