"""Whether a window can be shown at all; asked before Qt is loaded, which would end the program."""

from __future__ import annotations

import os
import sys


def display_available() -> bool:
    """True on Windows and macOS; elsewhere where a display server or a Qt platform is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
