"""What a child process writes, read as it comes, while whoever waits is told how far it is."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import IO

from core.errors import TransientError
from core.media.ffmpeg import Limits
from core.progress import Progress

_BEAT_S = 0.1
_TAIL_LINES = 40


class Output:
    """A thread drains it: a full pipe would stop the process for ever. A bar drawn anew on its line is a line."""

    def __init__(self, stream: IO[str] | None, name: str) -> None:
        assert stream is not None
        self._stream = stream
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._thread = threading.Thread(target=self._read, name=name, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._stream as stream:
            for line in stream:
                self._lines.put(line)
        self._lines.put(None)

    @property
    def tail(self) -> str:
        """The last lines."""
        return "\n".join(self._tail)

    def join(self) -> None:
        self._thread.join()

    def watch(self, fraction: Callable[[str, float], float], progress: Progress, limits: Limits) -> None:
        """Returns at its end. `fraction` says how far it is from a line and what it said before.

        Raises what `progress` raises, and `TransientError` when nothing is written for too long.
        """
        started = heard = time.monotonic()
        done = 0.0
        while True:
            try:
                line = self._lines.get(timeout=_BEAT_S)
            except queue.Empty:
                line = ""
            now = time.monotonic()
            if line is None:
                self._thread.join()
                return
            if line.strip():
                heard = now
                self._tail.append(line.rstrip())
                done = fraction(line, done)
            progress(done)
            if now - started > limits.timeout_s or now - heard > limits.stall_s:
                raise TransientError(
                    "wav2lip_stalled",
                    "Wav2Lip got no further for {seconds} seconds and was ended.",
                    "It is tried again by itself. If it happens often, render fewer films at once.",
                    detail=self.tail,
                    seconds=round(now - heard),
                )
