"""The window's way in. Imports Qt only when a window is really wanted: the command line works without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.studio import Studio
from gui.display import display_available

__all__ = ["display_available", "run_window"]


def run_window(studio: Studio, files: Sequence[Path] = ()) -> int:
    """Shows the window until it is closed; `files` are taken as if dropped on it.

    The exit status: 0, or 130 if Ctrl+C in the terminal closed it.
    """
    from gui.session import run  # noqa: PLC0415 - see the top

    return run(studio, files)
