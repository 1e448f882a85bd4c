"""Being asked to stop: SIGINT, SIGTERM, and the events of a Windows console."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

# Closing the console, logging off, shutting down. Windows ends the process when the handler returns, or after
# some seconds, so the handler waits for the work to be put away.
_WINDOWS_ENDINGS = (2, 5, 6)
_WINDOWS_GRACE_S = 20.0


class Interrupts:
    """Counts what would have ended the program. The first asks for a clean stop, the second for a quick one."""

    def __init__(self) -> None:
        self.count = 0
        self._put_away = threading.Event()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Inside, signals are counted; afterwards they mean again what they meant before. Main thread only.

        One that is ignored stays so: under `nohup` the program outlives its terminal.
        """
        names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._note) for number in heard}
        forget = self._watch_windows_console()
        try:
            yield
        finally:
            self._put_away.set()
            forget()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1

    def _watch_windows_console(self) -> Callable[[], None]:
        if sys.platform != "win32":
            return lambda: None
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        kind: Any = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)

        def handle(event: int) -> int:
            if event not in _WINDOWS_ENDINGS:
                return 0
            self.count += 2  # there is no time for films to be finished
            self._put_away.wait(_WINDOWS_GRACE_S)
            return 1

        handler = kind(handle)
        kernel32.SetConsoleCtrlHandler(handler, True)
        return lambda: kernel32.SetConsoleCtrlHandler(handler, False)


def end_workers(stop: Callable[[], None], give_back: Callable[[], None], interrupts: Interrupts) -> None:
    """Runs `stop` (which waits for running films) to its end; a second interrupt calls `give_back` meanwhile."""
    ending = threading.Thread(target=stop, name="ending")
    ending.start()
    while ending.is_alive():
        ending.join(0.2)
        if interrupts.count > 1:
            give_back()
