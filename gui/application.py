"""The window's way in. Loads Qt only when a window is really wanted: the command line works without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from gui.display import display_available

if TYPE_CHECKING:
    from core.studio import Studio

__all__ = ["display_available", "run_window"]


def run_window(opening: Callable[[], AbstractContextManager[Studio]], root: Path, files: Sequence[Path] = ()) -> int:
    """Shows the window until it is closed; `files` are taken as if dropped on it. `root` is the data folder.

    The studio is opened in a thread while the window is there already. The exit status: 0, or 130 if Ctrl+C in the
    terminal closed it. Raises what `opening` raised, when the window that told of it is closed.
    """
    from gui.first_picture import show_first_picture  # noqa: PLC0415 - see the top

    window = show_first_picture(root)
    from gui.session import run  # noqa: PLC0415 - what this loads comes after the first picture

    return run(window, opening, files)
