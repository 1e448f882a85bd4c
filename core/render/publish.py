"""Giving a verified film its name: whole or not at all, and never over somebody else's film."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import av
import av.error

from core.errors import EnvironmentFault, LeaseLost
from core.jobs.model import Job, Strategy
from core.render.beside import captions_of, is_ours, lay
from core.storage.cache import content_key, disk_full


def mark(job: Job) -> str:
    """The comment a film carries: whose film it is, and a hash of all that decides what it says and shows.

    By it a later attempt knows a film that an attempt before it had published when it was killed.
    """
    content = [job.language, dict(job.fields), job.script, job.template_hash, job.preset, job.strategy]
    content += [str(job.take)] if job.take else []  # films made before there were takes keep their mark
    content += [f"captions:{job.captions}"] if job.captions != "off" else []
    content += [{"respelled": dict(job.respelled)}] if job.respelled else []
    return f"{_owner(job.id)}{content_key(content)}"


def is_film_of(film: Path, job: Job) -> bool:
    """Whether it is this job's, whatever it says by now."""
    return comment(film).startswith(_owner(job.id))


def _owner(job_id: str) -> str:
    return f"trineo:{job_id}:"


def moved_under(output: str, folder: Path) -> Path:
    """The film's place in `folder`: its batch's folder and its name, whichever system the sender's path is of."""
    place = PureWindowsPath(output) if "\\" in output else PurePosixPath(output)
    return folder.joinpath(*(part for part in place.parts[-2:] if part not in (place.anchor, "..")))


def part_path(output: Path, job_id: str, epoch_hint: str) -> Path:
    """Where a film is put together: beside its final place, so that naming it is one atomic step."""
    return output.with_name(f".trineo-{job_id}-{epoch_hint}.part")


def clear_parts(output: Path, job_id: str) -> None:
    """Removes what killed attempts at this job left beside its film."""
    for part in output.parent.glob(f".trineo-{job_id}-*.part"):
        part.unlink(missing_ok=True)


def prepare(output: Path) -> None:
    """Makes the film's folder. Raises `EnvironmentFault`: gone offline, read-only, full, another system's."""
    if not output.is_absolute():  # C:\\… on Linux would be a file in whatever folder this program was started in
        raise folder_fault(output.parent, OSError(errno.EINVAL, "it is no folder of this computer's system"))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise folder_fault(output.parent, error) from error


def published(job: Job) -> Path | None:
    """The film of exactly this job, if an earlier attempt published it before it was killed."""
    for target in names(Path(job.output)):
        if not target.exists():
            return None
        if comment(target) == mark(job):
            captions = captions_of(target, job.captions)
            return target if captions is None or captions.exists() else None
    raise AssertionError("there is always a free name")


def publish(part: Path, job: Job, captions: str = "") -> Path:
    """Gives `part` the job's film's name, and answers where the film is now. `captions` are laid in a file beside it.

    A film of another job is never touched: this one then gets a name of its own. The very film (another
    attempt was faster) is left as it is and `part` is dropped; an earlier version of this job's is replaced.
    """
    output = Path(job.output)
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        for target in names(output):
            beside = captions_of(target, job.captions) if captions else None
            ours = beside is not None and is_ours(beside, _told_of_captions(target, job))
            if beside is not None and beside.exists() and not ours and comment(target) != mark(job):
                continue  # that name is taken for the captions
            if _take_name(part, target, job):
                if beside is not None:
                    lay(captions, beside, part.with_name(f"{part.stem}.captions.part"), over=ours)
                sync_folder(target.parent)
                return target
    except FileNotFoundError as error:
        if output.parent.is_dir():  # the attempt that took this job over has cleared our part away
            raise LeaseLost("lease_lost", "Job {job} belongs to another worker now.", job=job.id) from error
        raise folder_fault(output.parent, error) from error
    except OSError as error:
        raise folder_fault(output.parent, error) from error
    raise AssertionError("there is always a free name")


def names(output: Path) -> Iterator[Path]:
    """The names a film may take, best first: `film.mp4`, `film (2).mp4`, …"""
    yield output
    number = 2
    while True:
        yield output.with_name(f"{output.stem} ({number}){output.suffix}")
        number += 1


def _take_name(part: Path, target: Path, job: Job) -> bool:
    """False if the name belongs to another job's film. A link, unlike a move, never overwrites anything."""
    try:
        os.link(part, target)
    except FileExistsError:
        there = comment(target)
        if there == mark(job):
            part.unlink()
            return True
        if not there.startswith(_owner(job.id)):
            return False
        part.replace(target)
        return True
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS):
            raise
        return _move(part, target, job)
    part.unlink()
    return True


def _move(part: Path, target: Path, job: Job) -> bool:
    """For file systems without links: looking and moving are two steps there."""
    if target.exists() and not comment(target).startswith(_owner(job.id)):
        return False
    part.replace(target)
    return True


def comment(film: Path) -> str:
    """A film's mark (see `mark`); empty for whatever is no film."""
    return ":".join(_comment_parts(film)[:3])


def strategy_of(film: Path) -> Strategy:
    """How it was made, as it says itself."""
    told = _comment_parts(film)[3:]
    return Strategy(told[0]) if told and told[0] in set(Strategy) else Strategy.VOICEOVER


def _told_of_captions(film: Path, job: Job) -> str:
    """The fingerprint of the captions' file that the job's own film came with."""
    return "".join(_comment_parts(film)[4:5]) if film.exists() and is_film_of(film, job) else ""


def _comment_parts(film: Path) -> list[str]:
    try:
        with av.open(str(film)) as container:
            return container.metadata.get("comment", "").split(":")
    except (av.error.FFmpegError, OSError):
        return []  # whatever it is, it is not ours


def sync_folder(folder: Path) -> None:
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


def folder_fault(folder: Path, error: OSError) -> EnvironmentFault:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder)
    return EnvironmentFault(
        "output_folder_unusable",
        "Films can't be written to {folder}: {reason}.",
        "Connect that disk or choose another folder; the films that wait go on by themselves.",
        waits_for=f"folder:{folder}",
        folder=str(folder),
        reason=error.strerror or "unknown",
    )
