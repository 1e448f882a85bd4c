"""The only place that starts FFmpeg. Arguments are built with ffmpeg-python; the process is run here.

ffmpeg-python's own `run` hides stderr and can't be cancelled, so only its `compile` is used.
"""

from __future__ import annotations

import errno
import queue
import shlex
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg
import structlog

from core.errors import EnvironmentFault, TransientError
from core.logs.setup import carried
from core.media.child import process_options, tethered
from core.media.progress import ProgressParser
from core.paths import resources
from core.progress import Progress
from core.storage.cache import disk_full

_log = structlog.get_logger(__name__)

_BEAT_S = 0.1  # how often `progress` is called while FFmpeg is silent: cancelling takes at most this long
_TAIL_LINES = 40
_GLOBAL = ("-hide_banner", "-nostdin", "-loglevel", "warning", "-progress", "pipe:1", "-stats_period", "0.2")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one FFmpeg may take in all, and how long it may show no progress, in seconds."""

    timeout_s: float = 1800.0
    stall_s: float = 120.0


def executable() -> str:
    """The FFmpeg in use: `IMAGEIO_FFMPEG_EXE`, else the bundled one. Raises `EnvironmentFault`."""
    try:
        path = str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise _missing("none was found") from error
    if not Path(path).is_file():
        raise _missing(f"{path} is not there")
    return path


@cache
def build() -> str:
    """FFmpeg's own version line: what an encoded segment depends on, besides its recipe."""
    try:
        answer = subprocess.run(
            [executable(), "-version"], capture_output=True, timeout=30, check=True, **process_options()
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _missing(str(error)) from error
    return str(answer.stdout.decode("utf-8", "replace").splitlines()[0])


@cache
def filters() -> frozenset[str]:
    """The names of the filters it was built with."""
    try:
        answer = subprocess.run(
            [executable(), "-hide_banner", "-filters"], capture_output=True, timeout=30, check=True, **process_options()
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _missing(str(error)) from error
    lines = (line.split() for line in answer.stdout.decode("utf-8", "replace").splitlines())
    return frozenset(words[1] for words in lines if len(words) > 2)


def run(output: Any, *, duration_s: float, progress: Progress, limits: Limits | None = None) -> str:
    """Runs the ffmpeg-python `output` stream to its end; answers what FFmpeg wrote to stderr (its tail).

    `duration_s` is how long the output will be: the fraction told to `progress` is made from it. Whatever
    `progress` raises ends the process at once and goes on up. Raises `TransientError` when FFmpeg fails,
    with its command and the tail of stderr as detail; `EnvironmentFault` for no FFmpeg or a full disk.
    """
    command = ffmpeg.compile(output, cmd=[executable(), *_GLOBAL], overwrite_output=True)
    started = time.monotonic()
    try:
        process = _Process(command)
    except OSError as error:
        raise _missing(error.strerror or str(error)) from error
    try:
        _watch(process, duration_s, progress, limits or Limits())
    except BaseException:
        process.kill()
        raise
    _log.debug("ffmpeg ended", status=process.status, seconds=round(time.monotonic() - started, 3))
    if process.status != 0:
        _log.warning("ffmpeg failed", status=process.status, line=process.stderr_tail.rpartition("\n")[2])
        raise _failed(process, command)
    return process.stderr_tail


def _watch(process: _Process, duration_s: float, progress: Progress, limits: Limits) -> None:
    parser = ProgressParser()
    started = moved = time.monotonic()
    done_s = 0.0
    for line in process.lines():
        now = time.monotonic()
        if line is not None and (told := parser.feed(line)) is not None and told.out_time_s > done_s:
            done_s, moved = told.out_time_s, now
        progress(min(1.0, done_s / duration_s) if duration_s > 0 else 0.0)
        if now - started > limits.timeout_s or now - moved > limits.stall_s:
            raise TransientError(
                "ffmpeg_stalled",
                "FFmpeg got no further for {seconds} seconds and was ended.",
                "It is tried again by itself. If it happens often, render fewer films at once.",
                detail=process.stderr_tail,
                seconds=round(now - moved),
            )


def _options() -> dict[str, Any]:
    """As every child's, and without the system's fonts: text looks the same on each machine."""
    options = dict(process_options())
    options["env"] = {**options["env"], "FONTCONFIG_FILE": str(resources() / "fonts" / "none.conf")}
    return options


class _Process:
    """FFmpeg as a child, its two outputs drained by threads (a full pipe would stop it for ever)."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            tethered(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            **_options(),
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._threads = [
            threading.Thread(target=self._read_progress, name="ffmpeg-progress", daemon=True),
            threading.Thread(target=carried(self._read_errors), name="ffmpeg-stderr", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _read_progress(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stdout:
            for line in stdout:
                self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stderr:
            for line in stderr:
                self._tail.append(line.rstrip())
                _log.debug("ffmpeg says", line=line.rstrip())

    def lines(self) -> Iterator[str | None]:
        """Lines of progress as they come, None at least every `_BEAT_S`; ends with the process."""
        while True:
            try:
                line = self._lines.get(timeout=_BEAT_S)
            except queue.Empty:
                yield None
                continue
            if line is None:
                self._join()
                return
            yield line

    def kill(self) -> None:
        self._process.kill()
        self._join()

    def _join(self) -> None:
        self._process.wait()
        for thread in self._threads:
            thread.join()

    @property
    def status(self) -> int:
        return int(self._process.returncode)

    @property
    def stderr_tail(self) -> str:
        return "\n".join(self._tail)


def _missing(reason: str) -> EnvironmentFault:
    return EnvironmentFault(
        "ffmpeg_missing",
        "FFmpeg can't be started: {reason}.",
        "Install Trineo again, or name a working FFmpeg in IMAGEIO_FFMPEG_EXE.",
        waits_for="ffmpeg",
        reason=reason,
    )


def _failed(process: _Process, command: list[str]) -> TransientError | EnvironmentFault:
    # FFmpeg's exit status is the low byte of its negative errno.
    if process.status == 256 - errno.ENOSPC or "No space left on device" in process.stderr_tail:
        output = next(one for one in reversed(command) if not one.startswith("-"))  # -y comes after it
        return disk_full(Path(output).parent)
    return TransientError(
        "ffmpeg_failed",
        "FFmpeg failed with status {status}.",
        "It is tried again by itself. If it fails every time, the details say what FFmpeg did not like.",
        detail=f"{shlex.join(command)}\n{process.stderr_tail}",
        status=process.status,
    )
