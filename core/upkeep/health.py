"""Is everything a render needs there? Each part really does its work once, in small."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import ffmpeg as arguments

from core.errors import RenderError, TrineoError
from core.jobs.model import State
from core.jobs.store import JobStore
from core.media import ffmpeg
from core.metrics.figures import oldest_waiting_s
from core.progress import unwatched
from core.render.interfaces import Availability, Line, ServiceState, SpeechProvider
from core.settings.declaration import Settings
from core.storage.validation import free_bytes, writable_folder
from core.template.assets import AssetCheck
from core.template.library import TemplateLibrary
from core.text import Text, Value

_LITTLE_SPACE = 5_000_000_000
_NO_SPACE = 500_000_000
_SLOW_STORE_S = 0.1
_CLOCK_S = 5.0
_LONG_WAIT_S = 3600.0


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


class Services(Protocol):
    """The outside services that are connected."""

    def states(self) -> list[ServiceState]: ...

    def ask(self, name: str) -> bool:
        """Asks one whether it works, and raises a `RenderError` if not; False where asking would cost something."""

    def own_tools(self) -> Mapping[str, Availability]:
        """What the settings name that makes faces on this computer, and whether it can be used."""


class Inspector:
    """Runs every check; none can keep the others from being made."""

    def __init__(
        self,
        settings: Settings,
        store: JobStore,
        templates: TemplateLibrary,
        voices: Sequence[SpeechProvider],
        data: Path,
        services: Services | None = None,
    ) -> None:
        """`services`: the outside ones that are connected."""
        self._services = services
        self._assets = AssetCheck()
        self._settings = settings
        self._store = store
        self._templates = templates
        self._voices = voices
        self._data = data

    def adapt(self, settings: Settings) -> None:
        self._settings = settings

    def inspect(self) -> list[Check]:
        checks = [
            _guarded("store", self._check_store),
            _guarded("ffmpeg", self._check_ffmpeg),
            _guarded("output folder", self._check_output),
            _guarded("disk space", self._check_space),
            _guarded("templates", self._check_templates),
            _guarded("clock", self._check_clock),
            _guarded("workers", self._check_workers),
            _guarded("queue", self._check_queue),
        ]
        for state in self._services.states() if self._services else ():
            checks.append(_guarded(f"provider {state.name}", partial(self._check_service, state)))
        for tool, availability in self._services.own_tools().items() if self._services else ():
            checks.append(_check_tool(f"provider {tool}", availability))
        for voice in self._voices:
            checks.append(_guarded(f"voice {voice.name}", partial(self._check_voice, voice)))
        if self._voices and not any(one.name.startswith("voice ") and one.light is Light.OK for one in checks):
            remedy = Text("Connect a voice in Settings, or switch the offline voice on.")
            checks.append(Check("voice", Light.FAILING, Text("No voice works."), remedy))
        return checks

    def _check_store(self) -> Check:
        counts = self._store.counts()
        known = sum(counts.values())
        took_s = min(_timed(self._store.now_s) for _ in range(3))
        told = {"jobs": known, "milliseconds": round(took_s * 1000, 1)}
        what = Text("The job store answers in {milliseconds} ms; it knows {jobs} jobs.", told)
        if took_s > _SLOW_STORE_S:
            return Check("store", Light.WARNING, what, Text("Look at the network, and at what else the server does."))
        return Check("store", Light.OK, what)

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
        installed = self._templates.installed()
        for template in installed:
            self._assets.check(template)
        names = ", ".join(template.name for template in installed)
        if not names:
            return Check("templates", Light.FAILING, Text("No template is installed."), Text("Install Trineo again."))
        return Check("templates", Light.OK, Text("Complete: {names}.", {"names": names}))

    def _check_clock(self) -> Check:
        """Only the logs and the cleanup go by this computer's clock, never the queue."""
        before_s = time.time()
        off_s = self._store.now_s() - (before_s + time.time()) / 2
        if abs(off_s) > _CLOCK_S:
            what = Text("This computer's clock is {seconds} s apart from the job store's.", {"seconds": round(off_s)})
            return Check("clock", Light.WARNING, what, Text("Let the system set the clock by itself (NTP)."))
        return Check("clock", Light.OK, Text("The clock agrees with the job store's."))

    def _check_workers(self) -> Check:
        machines = self._store.machines()
        alive = sum(one.alive and not one.set_aside for one in machines)
        aside = sorted({one.machine.name for one in machines if one.set_aside})
        silent = sorted({one.machine.name for one in machines if not one.alive and not one.set_aside})
        if aside:
            what = Text("Set aside, because they failed what others made: {names}.", {"names": ", ".join(aside)})
            return Check("workers", Light.WARNING, what, Text("Look at health there; started anew, it works again."))
        if silent:
            what = Text("Not heard of for a minute: {names}.", {"names": ", ".join(silent)})
            return Check(
                "workers", Light.WARNING, what, Text("Look whether it runs. Its films go to others by themselves.")
            )
        return Check("workers", Light.OK, Text("{count} programs make films.", {"count": alive}))

    def _check_queue(self) -> Check:
        ready, oldest_s = self._store.counts()[State.READY], oldest_waiting_s(self._store)
        told: dict[str, Value] = {"count": ready, "minutes": round(oldest_s / 60)}
        if ready and not any(one.alive for one in self._store.machines()):
            what = Text("{count} films wait, and no program makes any.", told)
            return Check("queue", Light.WARNING, what, Text("Open Trineo on a computer, or run there: app.py worker."))
        if oldest_s > _LONG_WAIT_S:
            what = Text("{count} films wait, the first of them for {minutes} minutes.", told)
            return Check("queue", Light.WARNING, what, Text("Add workers or machines if it is to be quicker."))
        return Check("queue", Light.OK, Text("{count} films wait.", told))

    def _check_service(self, state: ServiceState) -> Check:
        """Asks it, where that costs nothing."""
        name = f"provider {state.name}"
        if state.circuit != "closed":
            what = Text("It is left alone for a while: {reason}.", {"reason": state.reason})
            return Check(name, Light.WARNING, what, Text("It is asked again by itself; the films that need it wait."))
        assert self._services is not None
        try:
            asked = self._services.ask(state.name)
        except RenderError as error:  # what can be made without it still is
            return Check(name, Light.WARNING, error.what, error.remedy)
        taken = {"taken": state.slots_taken, "slots": state.slots}
        if asked:
            return Check(name, Light.OK, Text("It answers; {taken} of {slots} calls are being made.", taken))
        return Check(name, Light.OK, Text("Nothing is known against it; {taken} of {slots} calls are made.", taken))

    def _check_voice(self, voice: SpeechProvider) -> Check:
        name = f"voice {voice.name}"
        availability = voice.availability()
        if not availability.usable:
            reason = Text("Not in use: {reason}.", {"reason": availability.reason})
            return Check(name, Light.WARNING, reason, Text("Nothing, if another voice works."))
        with tempfile.TemporaryDirectory(prefix="trineo-") as folder:
            speech = voice.speak(Line("Jo, jo, jo", "es"), Path(folder) / "voice.wav", unwatched)
        return Check(name, Light.OK, Text("It speaks ({seconds} s).", {"seconds": round(speech.duration_s, 1)}))


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _check_tool(name: str, availability: Availability) -> Check:
    """It is not run: that would take minutes."""
    if availability.usable:
        return Check(name, Light.OK, Text("Everything it needs is there; it is run for the first time by a film."))
    reason = Text("Not in use: {reason}.", {"reason": availability.reason})
    return Check(name, Light.WARNING, reason, Text("Put that right, or empty its setting: films are made without it."))


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except TrineoError as error:
        return Check(name, Light.FAILING, error.what, error.remedy)
    except OSError as error:
        what = Text("A file could not be read or written: {reason}.", {"reason": str(error)})
        remedy = Text("Choose another folder, or ask for the right to write to this one.")
        return Check(name, Light.FAILING, what, remedy)
