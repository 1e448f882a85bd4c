"""A provider and the stand-in that it asks, ready to be put through its paces."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from core.jobs.model import new_id
from core.media import ffmpeg
from core.progress import Progress, unwatched
from core.render.interfaces import FaceTask, Line, RemoteFace, RemoteStatus
from core.settings.declaration import Settings
from core.settings.loading import load_settings
from providers.elevenlabs import ElevenLabsVoice
from providers.heygen import HeyGenFace
from providers.heygen_lipsync import HeyGenLipSync
from providers.higgsfield import HiggsfieldFace
from providers.limits import Limits
from providers.synclabs import SyncLabsFace
from providers.uploads import Uploads
from tests.conftest import make_clip
from tests.stand_in_services import (
    ElevenLabsStandIn,
    HeyGenStandIn,
    HiggsfieldStandIn,
    StandIn,
    SyncLabsStandIn,
    elevenlabs,
    heygen,
    higgsfield,
    synclabs,
)
from tests.stand_in_services.media import film
from tests.stand_in_services.settings import settings_for
from tests.stand_ins import write_tone

TEXT = "Hola, Sofía. Tu abuela Remedios me contó que aprendiste a nadar."
SECRETS = (elevenlabs.KEY, heygen.KEY, higgsfield.KEY_SECRET, synclabs.KEY)
SECONDS = 1.2
LINE = Line(TEXT, "es", before="Jo, jo, jo.", after="Chau, Sofía.")


@dataclass(slots=True)
class Rig:
    """`pay` makes the call that costs money; `paid` is the pattern of its path; `asked` that of the state's."""

    service: StandIn
    provider: Any
    pay: Callable[[Progress], object]
    paid: str
    asked: str = ""
    limits: list[Limits] = field(default_factory=list)

    @property
    def face(self) -> RemoteFace:
        provider: RemoteFace = self.provider
        return provider

    def finished(self) -> RemoteStatus:
        """The state of a job made now, when it has ended."""
        remote_id = str(self.pay(unwatched))
        for _ in range(10):
            status = self.face.status(remote_id)
            if status.finished:
                return status
        raise AssertionError("it never ended")

    def payments(self) -> int:
        """How often the paid call arrived."""
        return len(self.service.asked("POST", self.paid))


def settings(service: StandIn, **more: Any) -> Settings:
    return load_settings(**{name.lower(): value for name, value in settings_for(service).items()} | more)


def make_still(path: Path) -> None:
    command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi", "-i", "color=red:s=108x192", "-frames:v", "1"]
    subprocess.run([*command, str(path)], check=True, capture_output=True)


@cache
def material() -> Path:
    """A folder with a template's clip (0.8 s) and still. Made once."""
    folder = Path(tempfile.mkdtemp(prefix="trineo-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_clip(folder / "message.mp4", 20, 60)
    make_still(folder / "still.jpg")
    film(round(SECONDS * 10))  # what the services will send; made while they are asked it would be late
    film(50)
    return folder


def make_task(folder: Path, *, seconds: float = SECONDS, spoken: bool = True) -> FaceTask:
    clip, still = material() / "message.mp4", material() / "still.jpg"
    speech = folder / "speech.wav"
    write_tone(speech, seconds)
    return FaceTask("1" * 40, TEXT, "es", seconds, speech if spoken else None, clip, still, 108, 192)


def face_rig(service: StandIn, face: RemoteFace, task: FaceTask, paid: str, asked: str) -> Rig:
    return Rig(service, face, lambda progress: face.create(task, new_id(), progress), paid, asked)


@contextmanager
def rig(name: str, folder: Path, **more: Any) -> Iterator[Rig]:
    """The provider `name`, set up with `more` settings."""
    stand_ins: dict[str, Callable[[], StandIn]] = {
        "elevenlabs": ElevenLabsStandIn,
        "heygen": HeyGenStandIn,
        "heygen_lipsync": HeyGenStandIn,
        "higgsfield": HiggsfieldStandIn,
        "synclabs": SyncLabsStandIn,
    }
    limits: list[Limits] = []
    with stand_ins[name]() as service:
        configured = settings(service, **more)
        if name == "elevenlabs":
            voice = ElevenLabsVoice(configured, limits.append)
            made = Rig(service, voice, lambda progress: voice.speak(LINE, folder / "line.wav", progress), "with-timest")
        else:
            task = make_task(folder)
            uploads = Uploads(folder / "uploads")
            if name == "heygen":
                made = face_rig(
                    service, HeyGenFace(configured, uploads, limits.append), task, "/v3/videos$", "/videos/"
                )
            elif name == "heygen_lipsync":
                lipsync = HeyGenLipSync(configured, uploads, limits.append)
                made = face_rig(service, lipsync, task, "/v3/lipsyncs$", "/lipsyncs/")
            elif name == "higgsfield":
                higgs = HiggsfieldFace(configured, uploads, limits.append)
                made = face_rig(service, higgs, task, "/v1/speak", "/v1/job-sets")
            else:
                sync = SyncLabsFace(configured, limits.append)
                made = face_rig(service, sync, task, "/v2/generate$", "/v2/generate/")
        made.limits = limits
        try:
            yield made
        finally:
            made.provider.close()
