"""Which personal files in the caches were made for which job, so that they can go when the job is forgotten.

One file a batch, one line for each piece that a job took: `<job>` TAB `<path>`. Written before the piece is, so that a
program that is killed leaves none without its line. No words are in it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

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
    """`folder` is this machine's own, as its caches are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def of(self, batch: str, job: str) -> Iterator[None]:
        """What this thread takes from the caches inside belongs to the job."""
        seen: set[Path] = set()

        def note(path: Path) -> None:
            if path not in seen:
                seen.add(path)
                self._append(batch, f"{job}\t{path}\n")

        token = _noting.set(note)
        try:
            yield
        finally:
            _noting.reset(token)

    def jobs(self) -> dict[str, set[Path]]:
        """Every job that left something here, and what."""
        found: dict[str, set[Path]] = {}
        for _, job, path in self._lines():
            found.setdefault(job, set()).add(path)
        return found

    def older_than(self, seconds: float) -> set[str]:
        """Jobs of batches for which nothing was taken for so long."""
        now_s = time.time()
        return {job for file, job, _ in self._lines() if now_s - file.stat().st_mtime > seconds}

    def drop(self, jobs: Collection[str]) -> None:
        """Their lines go; a batch's file goes with its last line."""
        by_batch: dict[Path, list[str]] = {}
        touched = set()
        for file, job, path in self._lines():
            kept = by_batch.setdefault(file, [])
            if job in jobs:
                touched.add(file)
            else:
                kept.append(f"{job}\t{path}\n")
        for file in touched:
            if by_batch[file]:
                part = file.with_suffix(".part")
                part.write_text("".join(by_batch[file]), encoding="utf-8", errors="surrogateescape")
                part.replace(file)
            else:
                file.unlink(missing_ok=True)

    def _append(self, batch: str, line: str) -> None:
        name = batch if _BATCH.fullmatch(batch) else "other"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder / f"{name}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode("utf-8", "surrogateescape"))
        finally:
            os.close(descriptor)

    def _lines(self) -> Iterator[tuple[Path, str, Path]]:
        for file in sorted(self._folder.glob("*.txt")):
            for line in file.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
                job, _, path = line.partition("\t")
                if path:
                    yield file, job, Path(path)


def orphans(traced: Mapping[str, set[Path]], gone: Collection[str]) -> set[Path]:
    """What only jobs in `gone` took."""
    kept: set[Path] = set().union(*(paths for job, paths in traced.items() if job not in gone))
    lost: set[Path] = set().union(*(paths for job, paths in traced.items() if job in gone))
    return lost - kept


def remove_piece(path: Path) -> int | None:
    """Removes a cached file with what stands beside it; its bytes, or None if it is not there or is none of ours."""
    if not _PIECE.fullmatch(path.name) or path.parent.name != path.name[:2] or (status := regular(path)) is None:
        return None
    path.unlink(missing_ok=True)
    for beside in (path.with_suffix(".seal"), path.with_suffix(".lock")):
        if regular(beside) is not None:
            beside.unlink(missing_ok=True)
    return status.st_size
