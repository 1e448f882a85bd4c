"""Things that stand in for slow or outside ones: a voice that hums, a monitor that remembers, a quick renderer."""

from __future__ import annotations

import math
import struct
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.desk.money import Money
from core.errors import TrineoError
from core.jobs.model import Batch, Job, Result, Strategy, new_id
from core.jobs.store import JobStore
from core.media.presets import Preset
from core.progress import Begun, Progress, unnamed
from core.render.audio_cache import AudioCache
from core.render.interfaces import STAGES, Availability, Cost, Line, Monitor, Speech
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.model import Template

RATE = 48_000


def write_tone(path: Path, seconds: float, *, hertz: float = 220.0, level: float = 0.2) -> None:
    """A mono 16-bit WAV of a sine."""
    samples = (level * 32767 * math.sin(2 * math.pi * hertz * n / RATE) for n in range(round(seconds * RATE)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", int(sample)) for sample in samples))


class HummingVoice:
    """Hums for as long as `seconds` says of a text; counts how often it was asked."""

    name = "humming"

    def __init__(self, seconds: Callable[[str], float] = lambda text: 0.02 * len(text), *, usable: bool = True) -> None:
        self._seconds = seconds
        self._usable = usable
        self.spoken: list[str] = []

    def availability(self) -> Availability:
        return Availability(self._usable, "" if self._usable else "switched off in this test")

    def voice(self, language: str) -> str:
        return f"hum-{language}"

    def cost(self, line: Line) -> Cost:
        return Cost(characters=len(line.text))

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        self.spoken.append(line.text)
        progress(0.0)
        seconds = self._seconds(line.text)
        write_tone(destination, seconds)
        return Speech(destination, seconds, cost=self.cost(line))


def quiet_money(store: JobStore, templates: TemplateLibrary, root: Path) -> Money:
    """Where nobody speaks, nothing costs anything."""
    return Money(store, templates, SpeechStage([], AudioCache(root / "speech")))


class RecordingMonitor:
    """Remembers what it was told; `on_progress` may raise to stop the work."""

    def __init__(self, on_progress: Callable[[str, float], None] | None = None) -> None:
        self.told: list[tuple[str, float]] = []
        self.asked_to_publish = 0
        self._on_progress = on_progress

    def progress(self, stage: str, fraction: float) -> None:
        self.told.append((stage, fraction))
        if self._on_progress is not None:
            self._on_progress(stage, fraction)

    def before_publish(self) -> None:
        self.asked_to_publish += 1


class QuickRenderer:
    """Makes no film: does what `plan` says for a job (raise, or nothing), through all stages.

    `gate`, if given, holds every render at its first stage until it is set; it still hears to stop.
    """

    def __init__(self, plan: Callable[[Job], None] | None = None, gate: threading.Event | None = None) -> None:
        self._plan = plan
        self._gate = gate
        self.rendered: list[str] = []

    def render(self, job: Job, monitor: Monitor) -> Result:
        monitor.progress(STAGES[0], 0.0)
        while self._gate is not None and not self._gate.wait(0.01):
            monitor.progress(STAGES[0], 0.0)
        if self._plan is not None:
            self._plan(job)
        for stage in STAGES[1:]:
            monitor.progress(stage, 1.0)
        monitor.before_publish()
        self.rendered.append(job.id)
        return Result(job.output, Strategy.VOICEOVER, 1.0, seconds={"speech": 0.1})

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        del template, preset, begun
        progress(1.0)


def make_jobs(count: int, *, batch: str = "", template_hash: str = "t" * 64) -> tuple[Batch, list[Job]]:
    batch_id = batch or new_id()
    jobs = [
        Job(
            id=new_id(),
            batch=batch_id,
            row=number + 2,
            source="sheet.csv",
            name=f"Child {number}",
            language="es",
            template="tiny",
            template_hash=template_hash,
            output=f"/nowhere/{number}.mp4",
            fields={"nombre": f"Child {number}"},
        )
        for number in range(count)
    ]
    return Batch(batch_id, "sheet", count, time.time()), jobs


def wait_until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    """Fails the test if `condition` does not become true in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@contextmanager
def raises_code(kind: type[TrineoError], code: str) -> Iterator[pytest.ExceptionInfo[TrineoError]]:
    """`pytest.raises` that looks at an error's `code`, never at its words."""
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.code == code
