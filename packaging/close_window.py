"""Waits for a window on an X display and closes it as its cross would: `close_window.py DISPLAY TITLE SECONDS`.

The test of the installed program does so from outside: there is no window manager, and nothing of the program helps.
The command in LOOK_WITH, if there is one, is run in between: it takes a picture.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

_CLIENT_MESSAGE = 33
_POLL_S = 0.5


class _Message(ctypes.Structure):
    """XClientMessageEvent"""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )


class Display:
    def __init__(self, name: str) -> None:
        library = ctypes.util.find_library("X11")
        self._x: Any = ctypes.CDLL(library)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        opened: int | None = self._x.XOpenDisplay(name.encode())
        self._display = ctypes.c_void_p(opened)
        if opened is None:
            raise SystemExit(f"there is no display {name}")

    def titled(self, title: str) -> int | None:
        """The first window of that title that is shown."""
        root = self._x.XDefaultRootWindow(self._display)
        return next((one for one in self._children(root) if self._title(one) == title and self._large(one)), None)

    def close(self, window: int) -> None:
        event = _Message(type=_CLIENT_MESSAGE, window=window, format=32)
        event.message_type = self._atom("WM_PROTOCOLS")
        event.data[0] = self._atom("WM_DELETE_WINDOW")
        self._x.XSendEvent(self._display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XFlush(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _children(self, window: int) -> Iterator[int]:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        found = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(
            self._display,
            ctypes.c_ulong(window),
            ctypes.byref(root),
            ctypes.byref(parent),
            ctypes.byref(found),
            ctypes.byref(count),
        )
        yield from [found[place] for place in range(count.value)]

    def _title(self, window: int) -> str:
        name = ctypes.c_char_p()
        self._x.XFetchName(self._display, ctypes.c_ulong(window), ctypes.byref(name))
        return (name.value or b"").decode("utf-8", "replace")

    def _large(self, window: int) -> bool:
        attributes = (ctypes.c_int * 64)()  # XWindowAttributes: x, y, width, height, and more that we don't look at
        self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), attributes)
        return min(attributes[2], attributes[3]) > 200  # not one of the toolkit's own, which are never seen


def main(name: str, title: str, patience_s: float) -> None:
    display = Display(name)
    until = time.monotonic() + patience_s
    while (window := display.titled(title)) is None:
        if time.monotonic() > until:
            raise SystemExit(f"no window {title} came in {patience_s:.0f} s")
        time.sleep(_POLL_S)
    time.sleep(float(os.environ.get("LOOK_S", "8")))  # what it shows first changes while the queue is opened
    if look := os.environ.get("LOOK_WITH"):
        subprocess.run(look.split(), check=True)
    display.close(window)
    print(f"a window {title} was there, and was asked to close")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
