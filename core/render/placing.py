"""A finished film under another name, in another folder or on another disk: whole or not at all, over nothing."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path

from core.jobs.model import Job
from core.render.beside import carry, would_clash
from core.render.publish import clear_parts, comment, folder_fault, mark, names, part_path, sync_folder

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES})


def place(source: Path, target: Path, job: Job) -> Path:
    """Puts the job's film at `target` too, or at a free name beside it; answers where it stands now.

    A film of this job that stands there already, from an attempt that was killed, is the one. Raises
    `EnvironmentFault` when the folder can't be written, `FileNotFoundError` when the film itself is gone.
    """
    there = placed(target, job, source)
    if there is None:
        source.stat()
    try:
        if there is not None:
            carry(source, there, job.captions, part_path(there, job.id, "captions"))
            return there
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_parts(target, job.id)
        for name in names(target):
            if not would_clash(source, name, job.captions) and _name(source, name, job):
                carry(source, name, job.captions, part_path(name, job.id, "captions"))
                sync_folder(name.parent)
                return name
    except OSError as error:
        raise folder_fault(target.parent, error) from error
    raise AssertionError("there is always a free name")


def placed(target: Path, job: Job, source: Path | None = None) -> Path | None:
    """Where the job's film stands under `target` or a name beside it, if it does."""
    for name in names(target):
        if not name.exists():
            return None
        if comment(name) == mark(job) or (source is not None and source.exists() and name.samefile(source)):
            return name
    raise AssertionError("there is always a free name")


def _name(source: Path, target: Path, job: Job) -> bool:
    """False if the name is taken. A link takes no time and never overwrites; to another disk it has to be a copy."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        return _copy(source, target, job)
    return True


def _copy(source: Path, target: Path, job: Job) -> bool:
    if target.exists():
        return False
    part = part_path(target, job.id, secrets.token_hex(4))
    try:
        shutil.copyfile(source, part)
        shutil.copystat(source, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        return _take(part, target)
    finally:
        part.unlink(missing_ok=True)


def _take(part: Path, target: Path) -> bool:
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        if target.exists():  # no links there: looking and moving are two steps
            return False
        part.replace(target)
    return True
