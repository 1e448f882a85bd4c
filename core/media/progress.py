"""What FFmpeg says of its progress (`-progress pipe:1`), read line by line. No process here: only text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FfmpegProgress:
    """`out_time_s` is how much of the output exists, in seconds; `ended` is said once, last."""

    out_time_s: float
    frame: int
    ended: bool


class ProgressParser:
    """Fed FFmpeg's `key=value` lines; answers a progress at the end of each block, else None.

    FFmpeg writes `N/A` for what it does not know yet, and a negative time while an encoder fills up.
    """

    def __init__(self) -> None:
        self._out_time_s = 0.0
        self._frame = 0

    def feed(self, line: str) -> FfmpegProgress | None:
        key, separator, value = line.strip().partition("=")
        if not separator:
            return None
        value = value.strip()
        if key == "out_time_us":
            self._out_time_s = max(self._out_time_s, _number(value) / 1_000_000)
        elif key == "frame":
            self._frame = max(self._frame, int(_number(value)))
        elif key == "progress":
            return FfmpegProgress(self._out_time_s, self._frame, ended=value == "end")
        return None


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
