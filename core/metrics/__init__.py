"""Figures: counted while films are made, added up over machines, told to whoever asks."""
