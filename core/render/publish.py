"""Giving a verified film its name: whole or not at all, and never over somebody else's film."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import av
import av.error

from core.errors import EnvironmentFault
from core.media.ffmpeg import disk_full

_MARK = "trineo:"


def mark(job_id: str) -> str:
    """The comment a film carries, by which a later attempt knows the film as its own job's."""
    return f"{_MARK}{job_id}"


def part_path(output: Path, job_id: str, epoch_hint: str) -> Path:
    """Where a film is put together: beside its final place, so that naming it is one atomic step."""
    return output.with_name(f".trineo-{job_id}-{epoch_hint}.part")


def clear_parts(output: Path, job_id: str) -> None:
    """Removes what killed attempts at this job left beside its film."""
    for part in output.parent.glob(f".trineo-{job_id}-*.part"):
        part.unlink(missing_ok=True)


def prepare(output: Path) -> None:
    """Makes the film's folder. Raises `EnvironmentFault`: gone offline, read-only, full."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _folder_fault(output.parent, error) from error


def publish(part: Path, output: Path, job_id: str) -> Path:
    """Moves `part` to `output` and answers where the film is now.

    If a film of another job stands there, this one gets a name of its own; one of the same job (an attempt
    that was killed between publishing and saying so) is replaced.
    """
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        for target in _names(output):
            if target.exists() and not _is_own(target, job_id):
                continue
            if _take_name(part, target):
                _sync_folder(target.parent)
                return target
    except OSError as error:
        raise _folder_fault(output.parent, error) from error
    raise AssertionError("there is always a free name")


def _names(output: Path) -> Iterator[Path]:
    yield output
    number = 2
    while True:
        yield output.with_name(f"{output.stem} ({number}){output.suffix}")
        number += 1


def _take_name(part: Path, target: Path) -> bool:
    """False if somebody else took the name in this very moment. A link, unlike a move, never overwrites."""
    if target.exists():
        part.replace(target)
        return True
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS):
            raise
        part.replace(target)  # a file system without links
        return True
    part.unlink()
    return True


def _is_own(film: Path, job_id: str) -> bool:
    try:
        with av.open(str(film)) as container:
            return container.metadata.get("comment") == mark(job_id)
    except (av.error.FFmpegError, OSError):
        return False  # whatever it is, it is not ours to replace


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself durable. Windows does so by itself and can't open a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems can't
            raise
    finally:
        os.close(descriptor)


def _folder_fault(folder: Path, error: OSError) -> EnvironmentFault:
    if error.errno == errno.ENOSPC:
        return disk_full(folder)
    return EnvironmentFault(
        "output_folder_unusable",
        "Films can't be written to {folder}: {reason}.",
        "Connect that disk or choose another folder; the films that wait go on by themselves.",
        waits_for=f"folder:{folder}",
        folder=str(folder),
        reason=error.strerror or "unknown",
    )
