"""The captions' file beside a film: it goes by the film's name, and never takes the place of somebody else's file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_ENDINGS = {"srt": ".srt", "vtt": ".vtt"}


def captions_of(film: Path, captions: str) -> Path | None:
    """Where a film's captions lie, if its job asks for them in a file of their own."""
    ending = _ENDINGS.get(captions)
    return film.with_suffix(ending) if ending else None


def fingerprint(text: str) -> str:
    """What a film says of its captions' file, so that it is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_ours(file: Path, told: str) -> bool:
    """Whether `file` is still what a film told of it: nobody has written another, or into it."""
    try:
        return bool(told) and hashlib.sha256(file.read_bytes()).hexdigest()[:16] == told
    except OSError:
        return False


def lay(text: str, file: Path, part: Path, *, over: bool) -> None:
    """Writes `text` to `file`, whole or not at all; `over` one that is there only if it is known to be ours.

    `part` is a name beside it that is free. Raises `OSError`.
    """
    try:
        with part.open("wb") as target:
            target.write(text.encode())
            target.flush()
            os.fsync(target.fileno())
        if over:
            part.replace(file)
        else:
            _link(part, file)
    finally:
        part.unlink(missing_ok=True)


def carry(source: Path, film: Path, captions: str, part: Path) -> None:
    """Lays the captions that lie beside the film `source` beside `film` as well, which is the same one elsewhere.

    What lies there already stays as it is. Raises `OSError`.
    """
    there, here = captions_of(film, captions), captions_of(source, captions)
    if there is not None and here is not None and here.exists() and not there.exists():
        lay(here.read_text(encoding="utf-8"), there, part, over=False)


def remove_carried(source: Path, film: Path, captions: str) -> None:
    """Removes the captions that were beside `source`, now that they are beside `film`."""
    there, here = captions_of(film, captions), captions_of(source, captions)
    if there is not None and here is not None and there.exists():
        here.unlink(missing_ok=True)


def would_clash(source: Path, film: Path, captions: str) -> bool:
    """Whether the captions of `source` can't lie beside `film`, because something else does."""
    there, here = captions_of(film, captions), captions_of(source, captions)
    return there is not None and here is not None and here.exists() and there.exists()


def _link(part: Path, file: Path) -> None:
    try:
        os.link(part, file)
    except FileExistsError:
        return  # somebody wrote one in this very moment: it stays
    except OSError:
        if not file.exists():  # no links there: looking and moving are two steps
            part.replace(file)
