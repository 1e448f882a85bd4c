"""Is everything a render needs there? Each part really does its work once, in small."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import ffmpeg as arguments

from core.errors import TrineoError
from core.jobs.store import JobStore
from core.media import ffmpeg
from core.progress import unwatched
from core.render.interfaces import Line, SpeechProvider
from core.settings import Settings
from core.template.library import TemplateLibrary
from core.text import Text
from core.validation import free_bytes, writable_folder

_LITTLE_SPACE = 5_000_000_000
_NO_SPACE = 500_000_000


class Light(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, what was found, and what to do about it (empty if nothing)."""

    name: str
    light: Light
    what: Text
    remedy: Text = field(default_factory=lambda: Text(""))

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "light": str(self.light), "message": str(self.what), "remedy": str(self.remedy)}


class Inspector:
    """Runs every check; none can keep the others from being made."""

    def __init__(
        self,
        settings: Settings,
        store: JobStore,
        templates: TemplateLibrary,
        voices: Sequence[SpeechProvider],
        data: Path,
    ) -> None:
        self._settings = settings
        self._store = store
        self._templates = templates
        self._voices = voices
        self._data = data

    def inspect(self) -> list[Check]:
        checks = [
            _guarded("store", self._check_store),
            _guarded("ffmpeg", self._check_ffmpeg),
            _guarded("output folder", self._check_output),
            _guarded("disk space", self._check_space),
            _guarded("templates", self._check_templates),
        ]
        for voice in self._voices:
            checks.append(_guarded(f"voice {voice.name}", partial(self._check_voice, voice)))
        return checks

    def _check_store(self) -> Check:
        counts = self._store.counts()
        waiting = sum(counts.values())
        return Check("store", Light.OK, Text("The job store answers; it knows {jobs} jobs.", {"jobs": waiting}))

    def _check_ffmpeg(self) -> Check:
        stream = arguments.input("color=c=black:s=128x128:r=25", f="lavfi", t=0.08).video
        ffmpeg.run(stream.output("-", vcodec="libx264", f="null"), duration_s=0.08, progress=unwatched)
        version = ffmpeg.build().split()[2]
        return Check("ffmpeg", Light.OK, Text("FFmpeg {version} encodes H.264.", {"version": version}))

    def _check_output(self) -> Check:
        folder = writable_folder(self._settings.output_dir)
        return Check("output folder", Light.OK, Text("Films can be written to {folder}.", {"folder": str(folder)}))

    def _check_space(self) -> Check:
        free = min(free_bytes(self._settings.output_dir), free_bytes(self._data))
        found = Text("{gigabytes} GB are free.", {"gigabytes": round(free / 1e9, 1)})
        remedy = Text("Make room on the disk before a large batch: a film takes about 10 MB.")
        if free < _NO_SPACE:
            return Check("disk space", Light.FAILING, found, remedy)
        return Check("disk space", Light.WARNING if free < _LITTLE_SPACE else Light.OK, found, remedy)

    def _check_templates(self) -> Check:
        names = ", ".join(template.name for template in self._templates.installed())
        if not names:
            return Check("templates", Light.FAILING, Text("No template is installed."), Text("Install Trineo again."))
        return Check("templates", Light.OK, Text("Complete: {names}.", {"names": names}))

    def _check_voice(self, voice: SpeechProvider) -> Check:
        name = f"voice {voice.name}"
        availability = voice.availability()
        if not availability.usable:
            reason = Text("Not in use: {reason}.", {"reason": availability.reason})
            return Check(name, Light.WARNING, reason, Text("Nothing, if another voice works."))
        with tempfile.TemporaryDirectory(prefix="trineo-") as folder:
            speech = voice.speak(Line("Jo, jo, jo", "es"), Path(folder) / "voice.wav", unwatched)
        return Check(name, Light.OK, Text("It speaks ({seconds} s).", {"seconds": round(speech.duration_s, 1)}))


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except TrineoError as error:
        return Check(name, Light.FAILING, error.what, error.remedy)
    except OSError as error:
        what = Text("A file could not be read or written: {reason}.", {"reason": str(error)})
        remedy = Text("Choose another folder, or ask for the right to write to this one.")
        return Check(name, Light.FAILING, what, remedy)
