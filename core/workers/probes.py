"""Is what parked jobs wait for back? One probe a kind of thing, asked every few seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from core.errors import TrineoError
from core.media import ffmpeg
from core.template.library import TemplateLibrary
from core.validation import free_bytes, writable_folder

Probe = Callable[[str], bool]

_ENOUGH_BYTES = 500_000_000


class Probes:
    """Knows a probe for each kind of `waits_for` (what stands before the colon). Providers bring their own."""

    def __init__(self, data: Path, templates: TemplateLibrary, more: Mapping[str, Probe] | None = None) -> None:
        self._probes: dict[str, Probe] = {
            "disk": lambda _: free_bytes(data) > _ENOUGH_BYTES,
            "ffmpeg": lambda _: bool(ffmpeg.executable()),
            "folder": lambda folder: bool(writable_folder(Path(folder))),
            "template": lambda content_hash: templates.by_hash(content_hash) is not None,
            **(more or {}),
        }

    def is_back(self, waits_for: str) -> bool:
        """False for what no probe knows: it waits for a person."""
        kind, _, which = waits_for.partition(":")
        probe = self._probes.get(kind)
        try:
            return probe is not None and probe(which)
        except TrineoError:
            return False
