"""Which Trineo last used a data folder: an older one's is carried over, a newer one's refused and left as it is.

`version.json` in the folder says who used it, and the format of each part of it:

    {"trineo": "0.1.0", "formats": {"queue": 1, "settings": 1, "cache": 1}}

A folder without one is of before there were stamps: all of its parts have format 1. Whoever changes a part such that
an older Trineo would misread it raises its number in `FORMATS` and adds the step that gets there to `STEPS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from core.errors import QueueLocked, UsageError
from core.jobs import journal
from core.jobs.local import LOCK
from core.paths import DataFolder
from core.settings.whole_file import write_whole

FORMATS: Mapping[str, int] = {"queue": journal.FORMAT, "settings": 1, "cache": 1}

Step = Callable[[DataFolder], None]
STEPS: Mapping[tuple[str, int], Step] = {}
"""What makes a part of that format one of the next. Done again if it was cut short, so a step replaces files whole."""

_FIRST = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    trineo: str
    formats: Mapping[str, int]


def carry_over(
    folder: DataFolder,
    version: str,
    formats: Mapping[str, int] = FORMATS,
    steps: Mapping[tuple[str, int], Step] = STEPS,
) -> list[str]:
    """Makes `folder` one of this Trineo, `version`, before anything else in it is read; answers which parts changed.

    Raises `UsageError` for one that is newer, `QueueLocked` if another program works on one that has to be changed.
    """
    found = read_stamp(folder)
    if any(number > formats.get(part, 0) for part, number in found.formats.items()):
        raise UsageError(
            "data_folder_newer",
            "The data folder {folder} belongs to Trineo {theirs}. This is {ours}, which is older and can't read it.",
            "Install Trineo {theirs} or a newer one. Nothing in the folder was changed.",
            folder=str(folder.root),
            theirs=found.trineo or "?",
            ours=version,
        )
    present = {part: found.formats.get(part, _FIRST) for part in formats}
    older = [part for part in formats if present[part] < formats[part]]
    if older:
        with _alone(folder):
            _take_steps(folder, version, present, formats, steps)
    elif found != Stamp(version, formats):
        with suppress(UsageError):  # a folder that can only be read can still be looked at
            _write(folder, Stamp(version, formats))
    return older


def read_stamp(folder: DataFolder) -> Stamp:
    """One that is not there, or no stamp of ours, is that of an unknown Trineo of the first formats."""
    try:
        told = json.loads(folder.stamp_file.read_text(encoding="utf-8"))
        return Stamp(str(told["trineo"]), {str(part): int(number) for part, number in told["formats"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Stamp("", {})


def _take_steps(
    folder: DataFolder,
    version: str,
    present: dict[str, int],
    formats: Mapping[str, int],
    steps: Mapping[tuple[str, int], Step],
) -> None:
    for part, wanted in formats.items():
        while present[part] < wanted:
            steps[part, present[part]](folder)
            present[part] += 1
            _write(folder, Stamp(version, present))


def _write(folder: DataFolder, stamp: Stamp) -> None:
    content: dict[str, Any] = {"trineo": stamp.trineo, "formats": dict(stamp.formats)}
    write_whole(folder.stamp_file, json.dumps(content) + "\n")


@contextmanager
def _alone(folder: DataFolder) -> Iterator[None]:
    """The queue's own lock: no program, of whatever version, works on the folder meanwhile."""
    lock = FileLock(folder.queue / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise QueueLocked(
            "queue_locked",
            "Another Trineo is working on the queue in {folder}.",
            "Close it first, or open the queue here just to look at it.",
            folder=str(folder.queue),
        ) from error
    try:
        yield
    finally:
        lock.release()
