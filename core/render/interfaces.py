"""What the render engine asks of the outside: voices, a worker that watches. Implemented elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.jobs.model import Job, Result
from core.progress import Progress

STAGES = ("speech", "picture", "sound", "assemble", "verify", "publish")


class Monitor(Protocol):
    """The worker's side of a render. Each call may raise what must stop the work."""

    def progress(self, stage: str, fraction: float) -> None:
        """`stage` is one of STAGES; `fraction` is of that stage, 0 to 1."""

    def before_publish(self) -> None:
        """Called right before the film gets its name. Raises `LeaseLost` if the job is another's now."""


class Renderer(Protocol):
    """Makes one film. The real one is core/render/pipeline.py."""

    def render(self, job: Job, monitor: Monitor) -> Result: ...


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a provider can be used now, and if not, why, in words for the operator."""

    usable: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken line on disk: PCM WAV, any rate, mono or stereo. `duration_s` is that of the sound."""

    path: Path
    duration_s: float


class SpeechProvider(Protocol):
    """A voice. `name` is stable and enters cache keys, as does `voice`: all that shapes the sound."""

    name: str

    def availability(self) -> Availability: ...

    def voice(self, language: str) -> str: ...

    def speak(self, text: str, language: str, destination: Path, progress: Progress) -> Speech:
        """Writes the spoken `text` to `destination` (WAV). Raises a `RenderError`."""
