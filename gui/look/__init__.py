"""How the window looks: palette, style sheet, icons, and the strokes delegates share."""
