"""A film seen and handed on: player, posters, dragging it out."""
