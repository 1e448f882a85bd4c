"""Is what parked jobs wait for back? One probe a kind of thing, asked every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.errors import TrineoError
from core.media import ffmpeg
from core.storage.validation import free_bytes, writable_folder
from core.template.library import TemplateLibrary
from core.workers.asking import Questions

Probe = Callable[[str], bool]

_ENOUGH_BYTES = 500_000_000
_PATIENCE_S = 3.0
_PERSON = "person"  # has a probe, too, which finds out what was decided


@dataclass(frozen=True, slots=True)
class Wait:
    """What `count` parked jobs wait for. `by_itself`: a probe finds it back; else it waits for a person.

    `asked_in_s`: so soon a worker of this program asks; None where none does.
    """

    waits_for: str
    count: int
    by_itself: bool
    asked_in_s: float | None = None


class Probes:
    """Knows a probe for each kind of `waits_for` (what stands before the colon). Providers bring their own."""

    def __init__(self, data: Path, templates: TemplateLibrary, more: Mapping[str, Probe] | None = None) -> None:
        self._probes: dict[str, Probe] = {
            "disk": lambda folder: _is_ours(folder or data) and free_bytes(Path(folder or data)) > _ENOUGH_BYTES,
            "ffmpeg": lambda _: bool(ffmpeg.executable()),
            "folder": lambda folder: _is_ours(folder) and bool(writable_folder(Path(folder))),
            "template": lambda named: _template_is_here(templates, named),
            **(more or {}),
        }
        self._questions = Questions(_PATIENCE_S)

    def waits(self, parked: Mapping[str, int], asks_in_s: Callable[[str], float] | None) -> list[Wait]:
        """What is waited for (`parked`: by how many jobs). `asks_in_s`: when a worker asks; None without workers."""
        waits = []
        for waits_for, count in parked.items():
            kind = waits_for.partition(":")[0]
            known = kind in self._probes and kind != _PERSON
            waits.append(Wait(waits_for, count, known, asks_in_s(waits_for) if known and asks_in_s else None))
        return waits

    def is_back(self, waits_for: str) -> bool:
        """False for what no probe knows: it waits for a person. Also while a probe hangs, as on a share that died."""
        kind, _, which = waits_for.partition(":")
        probe = self._probes.get(kind)
        try:
            return probe is not None and self._questions.ask(waits_for, partial(probe, which))
        except (TrineoError, OSError):
            return False


class Pauses:
    """What is back and then lacking again at once is asked for less and less often: 10 s, 20 s, … up to 10 minutes.

    A disk with room for the probe but not for a film would otherwise have films begun for ever.
    """

    _FIRST_S = 10.0
    _LONGEST_S = 600.0

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._pause_s: dict[str, float] = {}

    def over(self, waits_for: str) -> bool:
        return time.monotonic() >= self._until.get(waits_for, 0.0)

    def left_s(self, waits_for: str) -> float:
        return max(0.0, self._until.get(waits_for, 0.0) - time.monotonic())

    def resumed(self, waits_for: str) -> None:
        pause_s = self._pause_s.get(waits_for, self._FIRST_S)
        self._until[waits_for] = time.monotonic() + pause_s
        self._pause_s[waits_for] = min(2 * pause_s, self._LONGEST_S)

    def keep(self, parked: Collection[str]) -> None:
        """Forgets what nothing has waited for since its pause ended."""
        for waits_for in [name for name in self._pause_s if name not in parked and self.over(name)]:
            del self._pause_s[waits_for], self._until[waits_for]


def _is_ours(folder: str | Path) -> bool:
    """Not another system's path, which here would be a file in whatever folder this program was started in."""
    return Path(folder).is_absolute()


def _template_is_here(templates: TemplateLibrary, named: str) -> bool:
    """`named` is `<content hash>:<the name or folder it was submitted under>`."""
    content_hash, _, reference = named.partition(":")
    return templates.by_hash(content_hash, reference) is not None
