"""Which personal files in the caches were made for which job, so that they can go when the job is forgotten.

One file a batch, one line for each piece that a job took: `<job>` TAB `<path>`. Written before the piece is, so that a
program that is killed leaves none without its line. No words are in it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from pathlib import Path, PurePosixPath

from filelock import FileLock

from core.storage.links import regular

_noting: ContextVar[Callable[[Path], None] | None] = ContextVar("noting", default=None)
_PIECE = re.compile(r"[0-9a-f]{32,64}\.\w{2,4}")
_BATCH = re.compile(r"[\w-]{1,64}")


def taken(path: Path) -> None:
    """A cache is asked for a file, by a render whose traces are kept."""
    if (note := _noting.get()) is not None:
        note(path)


@contextmanager
def untraced() -> Iterator[None]:
    """For what films share: it is nobody's in particular."""
    token = _noting.set(None)
    try:
        yield
    finally:
        _noting.reset(token)


class Traces:
    """`folder` is this program's own, as most caches are. What is taken from the folder `shared`, which other machines
    may use too, is noted there, so that each knows what the others still need: one file a batch and machine.
    """

    def __init__(self, folder: Path, shared: Path | None = None) -> None:
        self._shared = shared.expanduser().absolute() if shared is not None else None
        own = f"{platform.node()}\0{folder.absolute()}"
        self._place = hashlib.sha256(own.encode("utf-8", "surrogateescape")).hexdigest()[:12]
        self._notes = _Notes(folder, None)
        self._shared_notes = None if self._shared is None else _Notes(self._shared / "traces", self._shared)

    @contextmanager
    def of(self, batch: str, job: str) -> Iterator[None]:
        """What this thread takes from the caches inside belongs to the job."""
        seen: set[Path] = set()

        def note(path: Path) -> None:
            if path not in seen:
                seen.add(path)
                self._note(batch, job, path)

        token = _noting.set(note)
        try:
            yield
        finally:
            _noting.reset(token)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nobody takes a piece that he had not taken before: who is about to waits for the end of it."""
        with self._notes.locked(), self._shared_notes.locked() if self._shared_notes else nullcontext():
            yield

    def jobs(self) -> dict[str, set[Path]]:
        """Every job that left something here, or in the shared folder from wherever, and what."""
        found: dict[str, set[Path]] = {}
        for notes in self._all():
            for _, job, path in notes.lines("*.txt"):
                found.setdefault(job, set()).add(path)
        return found

    def own_jobs(self) -> set[str]:
        """Those of which a machine that is this one noted something."""
        return {job for _, job, _ in self._own_lines()}

    def older_than(self, seconds: float) -> set[str]:
        """Own jobs of batches for which nothing was taken for so long."""
        lines = list(self._own_lines())
        old = {file for file in {file for file, _, _ in lines} if _age_s(file) > seconds}
        return {job for file, job, _ in lines if file in old}

    def drop(self, jobs: Collection[str], but: Collection[Path] = ()) -> None:
        """Their own lines go, a file with its last one; `but` not those of pieces that could not be removed: these
        count as very old from then on.
        """
        self._notes.drop("*.txt", jobs, but)
        if self._shared_notes is not None:
            self._shared_notes.drop(f"*.{self._place}.txt", jobs, but)

    def _note(self, batch: str, job: str, path: Path) -> None:
        name = batch if _BATCH.fullmatch(batch) else "other"
        if self._shared_notes is not None and self._shared is not None and path.is_relative_to(self._shared):
            self._shared_notes.append(f"{name}.{self._place}", job, path)
        else:
            self._notes.append(name, job, path)

    def _all(self) -> list[_Notes]:
        return [self._notes] if self._shared_notes is None else [self._notes, self._shared_notes]

    def _own_lines(self) -> Iterator[tuple[Path, str, Path]]:
        yield from self._notes.lines("*.txt")
        if self._shared_notes is not None:
            yield from self._shared_notes.lines(f"*.{self._place}.txt")


class _Notes:
    """A folder of files with lines. Paths are written relative to `root`, where that is given: machines may see one
    folder under several names.
    """

    def __init__(self, folder: Path, root: Path | None) -> None:
        self._folder = folder
        self._root = root
        self._lock = FileLock(folder.with_name(f"{folder.name}.lock"))

    def locked(self) -> AbstractContextManager[object]:
        self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._lock

    def append(self, name: str, job: str, path: Path) -> None:
        told = path if self._root is None else PurePosixPath(path.relative_to(self._root).as_posix())
        with self.locked():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._folder / f"{name}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, f"{job}\t{told}\n".encode("utf-8", "surrogateescape"))
            finally:
                os.close(descriptor)

    def lines(self, pattern: str) -> Iterator[tuple[Path, str, Path]]:
        for file in sorted(self._folder.glob(pattern)):
            for job, path in self._read(file):
                yield file, job, self._whole(path)

    def drop(self, pattern: str, jobs: Collection[str], but: Collection[Path]) -> None:
        with self.locked():
            for file in sorted(self._folder.glob(pattern)):
                before = self._read(file)
                kept = [(job, path) for job, path in before if job not in jobs or self._whole(path) in but]
                if not kept:
                    file.unlink(missing_ok=True)
                elif len(kept) < len(before):
                    self._write(file, kept)
                if any(job in jobs for job, _ in kept):
                    os.utime(file, (0, 0))

    def _whole(self, path: Path) -> Path:
        return path if self._root is None else self._root / path

    def _read(self, file: Path) -> list[tuple[str, Path]]:
        """Nothing, where a file has gone meanwhile."""
        try:
            text = file.read_text(encoding="utf-8", errors="surrogateescape")
        except FileNotFoundError:
            return []
        pairs = (line.partition("\t") for line in text.split("\n"))
        return [(job, Path(path)) for job, _, path in pairs if path]

    def _write(self, file: Path, lines: Collection[tuple[str, Path]]) -> None:
        part = file.with_suffix(".part")
        told = "".join(f"{job}\t{path.as_posix() if self._root else path}\n" for job, path in lines)
        part.write_text(told, encoding="utf-8", errors="surrogateescape")
        part.replace(file)


def _age_s(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def orphans(traced: Mapping[str, set[Path]], gone: Collection[str]) -> set[Path]:
    """What only jobs in `gone` took."""
    kept: set[Path] = set().union(*(paths for job, paths in traced.items() if job not in gone))
    lost: set[Path] = set().union(*(paths for job, paths in traced.items() if job in gone))
    return lost - kept


def remove_piece(path: Path) -> int | None:
    """Removes a cached file with what stands beside it; its bytes, or None if it is not there or is none of ours.

    Raises `OSError` where it can't be removed now: somebody has it open (Windows), or may not.
    """
    if not _PIECE.fullmatch(path.name) or path.parent.name != path.name[:2] or (status := regular(path)) is None:
        return None
    path.unlink(missing_ok=True)
    for beside in (path.with_suffix(".seal"), path.with_suffix(".lock")):
        if regular(beside) is not None:
            with suppress(OSError):  # empty, or a hash: whoever has it open makes the file anew
                beside.unlink(missing_ok=True)
    return status.st_size
