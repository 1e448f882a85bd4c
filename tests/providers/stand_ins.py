"""A voice and a face that cost money: they count what they are asked, and fail, hang or die as a test wants."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from core.errors import RenderError
from core.jobs.model import Strategy
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, FaceTask, Line, RemoteStatus, Speech
from core.render.spoken import Timing
from tests.stand_ins import HummingVoice

PRICE_USD = 0.001


class CostlyVoice(HummingVoice):
    """A tenth of a cent a character. `trouble` is called before each answer and may raise."""

    name = "costly"

    def __init__(self, trouble: Callable[[], None] = lambda: None) -> None:
        super().__init__(lambda text: 0.05 * len(text))
        self.trouble = trouble

    def cost(self, line: Line) -> Cost:
        return Cost(characters=len(line.text), usd=PRICE_USD * len(line.text))

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        speech = super().speak(line, destination, progress)
        self.trouble()
        characters = tuple(Timing(one, 0.05 * n, 0.05 * (n + 1)) for n, one in enumerate(line.text))
        return Speech(destination, speech.duration_s, characters, cost=self.cost(line))


class Service:
    """The service behind a `StandInFace`: its jobs by id, and by idempotency key where it takes keys."""

    def __init__(self, *, keyed: bool = True, looks: int = 2) -> None:
        self.keyed = keyed
        self.looks = looks
        self.jobs: dict[str, int] = {}
        self.keys: dict[str, str] = {}
        self.cancelled: list[str] = []

    def create(self, key: str) -> str:
        if self.keyed and key in self.keys:
            return self.keys[key]
        job = secrets.token_hex(4)
        self.jobs[job] = 0
        self.keys[key] = job
        return job


class StandInFace:
    """`faults` by step (create, created, status, fetch): raised in turn, then no more."""

    strategy = Strategy.AVATAR
    key_window_s = 3600.0

    def __init__(self, service: Service, clip: Path, *, name: str = "standin", speaks: bool = False) -> None:
        self.name = name
        self.speaks = speaks
        self.keyed = service.keyed
        self.service = service
        self.usable = Availability(True)
        self.unfit_because = ""
        self.faults: dict[str, list[BaseException]] = {}
        self.failures: list[RenderError] = []
        self.tasks: list[FaceTask] = []
        self._clip = clip

    def availability(self) -> Availability:
        return self.usable

    def look(self) -> str:
        return "avatar-1"

    def unfit(self, task: FaceTask) -> str:
        return self.unfit_because

    def cost(self, task: FaceTask) -> Cost:
        return Cost(seconds=task.seconds, usd=0.5)

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        self.tasks.append(task)
        self._fail("create")
        progress(0.0)
        job = self.service.create(key)
        self._fail("created")
        return job

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        progress(0.0)
        self._fail("status")
        self.service.jobs[remote_id] += 1
        if self.failures:
            return RemoteStatus(False, failure=self.failures.pop(0))
        finished = self.service.jobs[remote_id] > self.service.looks
        return RemoteStatus(finished, "http://127.0.0.1/clip", cost=Cost(seconds=10, usd=0.4) if finished else None)

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        assert status.finished
        progress(0.5)
        self._fail("fetch")
        shutil.copyfile(self._clip, destination)

    def cancel(self, remote_id: str) -> bool:
        self.service.cancelled.append(remote_id)
        return self.service.jobs[remote_id] == 0

    def close(self) -> None:
        self.service.looks = 0

    def _fail(self, step: str) -> None:
        if self.faults.get(step):
            raise self.faults[step].pop(0)


class LocalStandIn:
    """A face on this computer."""

    speaks = False
    strategy = Strategy.LIPSYNC

    def __init__(self, clip: Path, name: str = "local", fault: RenderError | None = None) -> None:
        self.name = name
        self.fault = fault
        self.made = 0
        self._clip = clip

    def availability(self) -> Availability:
        return Availability(True)

    def look(self) -> str:
        return "local"

    def unfit(self, task: FaceTask) -> str:
        return ""

    def cost(self, task: FaceTask) -> Cost:
        return Cost()

    def make(self, task: FaceTask, destination: Path, progress: Progress) -> None:
        self.made += 1
        if self.fault is not None:
            raise self.fault
        progress(0.5)
        shutil.copyfile(self._clip, destination)
