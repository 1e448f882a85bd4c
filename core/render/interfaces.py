"""What the render engine asks of the outside: voices, faces, a worker that watches. Implemented elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.errors import RenderError
from core.jobs.model import Job, Result, Strategy
from core.media.mouths import MouthCue
from core.media.presets import Preset
from core.progress import Begun, Progress, unnamed, unwatched
from core.render.spoken import Spoken, Timing
from core.template.model import Template

STAGES = ("speech", "face", "picture", "sound", "assemble", "verify", "publish")


class Monitor(Protocol):
    """The worker's side of a render. Each call may raise what must stop the work."""

    def progress(self, stage: str, fraction: float) -> None:
        """`stage` is one of STAGES; `fraction` is of that stage, 0 to 1."""

    def before_publish(self) -> None:
        """Called right before the film gets its name. Raises `LeaseLost` if the job is another's now."""


class Renderer(Protocol):
    """Makes one film. The real one is core/render/pipeline.py."""

    def render(self, job: Job, monitor: Monitor) -> Result: ...

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        """Makes what all films of `template` share. Raises a `RenderError`, and whatever `progress` raises.

        `begun` hears what is being made: `sound`, `mouths`, `transition`, or the section whose picture it is.
        """


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a provider can be used now, and if not, why, in words for the operator."""

    usable: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a call costs, before it or after: what a service counts, and its price (US dollars)."""

    characters: int = 0
    seconds: float = 0.0
    usd: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.characters + other.characters, self.seconds + other.seconds, self.usd + other.usd)


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom a call's cost is put down to: a job and its batch, by their ids."""

    job: str = ""
    batch: str = ""


NOBODY = Payer()


@dataclass(frozen=True, slots=True)
class Line:
    """One line to speak. `before` and `after` are its neighbours, for the prosody; they are not spoken.

    `shared`: the template's own words, the same in every film. `take` counts how often it was wanted anew.
    """

    text: str
    language: str
    before: str = ""
    after: str = ""
    shared: bool = False
    take: int = 0
    payer: Payer = NOBODY


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken line on disk: PCM WAV, any rate, mono or stereo. `duration_s` is that of the sound.

    `characters` and `phonemes`, where the voice tells them, in order. `cost` is what the service counted.
    """

    path: Path
    duration_s: float
    characters: tuple[Timing, ...] = ()
    phonemes: tuple[Timing, ...] = ()
    cost: Cost = Cost()


class SpeechProvider(Protocol):
    """A voice. `name` is stable and enters cache keys, as does `voice`: all that shapes the sound."""

    name: str

    def availability(self) -> Availability: ...

    def voice(self, language: str) -> str: ...

    def cost(self, line: Line) -> Cost:
        """What speaking it will cost, without asking anybody."""

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        """Writes the spoken line to `destination` (WAV). Raises a `RenderError`."""


@dataclass(frozen=True, slots=True)
class FaceTask:
    """A talking message to make: what is said, and Santa's picture.

    `speech` is the finished sound (48 kHz WAV) of `seconds`; None where the provider itself is to speak `text`.
    `clip` is the template's message clip, looped to that length, `still` a picture of it (JPEG). `identity` is a hash
    of all that the finished clip follows from.
    """

    identity: str
    text: str
    language: str
    seconds: float
    speech: Path | None
    clip: Path
    still: Path
    width: int
    height: int
    payer: Payer = NOBODY


class Face(Protocol):
    """Makes Santa's mouth move. `name` is stable and enters cache keys, as does `look`: all that shapes the picture.

    `strategy` is AVATAR (it makes the whole picture) or LIPSYNC (it changes the template's clip). `speaks`: it says the
    text in its own voice, and its clip has that sound.
    """

    name: str
    strategy: Strategy
    speaks: bool

    def availability(self) -> Availability: ...

    def look(self) -> str: ...

    def unfit(self, task: FaceTask) -> str:
        """Why this task is nothing for it (too long, …), in words for the operator; empty if it can be done."""

    def cost(self, task: FaceTask) -> Cost:
        """What it will cost, without asking anybody."""


class LocalFace(Face, Protocol):
    """Works on this computer."""

    def make(self, task: FaceTask, destination: Path, progress: Progress) -> None:
        """Writes the clip (any format FFmpeg reads). Raises a `RenderError`."""


Cues = Mapping[str, tuple[MouthCue, ...]]
"""When each mouth is seen, by section, in seconds of the section's words."""


@dataclass(frozen=True, slots=True)
class MouthTask:
    """What is heard in a film whose template brings mouths: `words` by section.

    `cue_file`: when each mouth is seen in the words of the section `message`, if somebody wrote that down (Rhubarb's
    JSON).
    """

    words: Mapping[str, Spoken]
    language: str
    message: str
    cue_file: Path | None = None


class MouthFace(Protocol):
    """Moves the mouths that a template brings: it makes no clip, it only says when each is seen. It costs nothing."""

    name: str
    strategy: Strategy

    def availability(self) -> Availability: ...

    def cues(self, task: MouthTask, notes: list[str], progress: Progress) -> Cues:
        """Why a better source than the one used had to be left is added to `notes`. Raises a `RenderError`."""


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """How far a service is with a clip. `url` is where the finished one is; `cost` what the service says it took.

    `failure`: the service gave up on it, and why. Nothing will come of this id any more; another try needs another key.
    """

    finished: bool
    url: str = ""
    fraction: float = 0.0
    cost: Cost | None = None
    failure: RenderError | None = None


class RemoteFace(Face, Protocol):
    """A service: a paid job of its own that is made once, then asked after. Every call may raise a `RenderError`.

    `keyed`: `create` with the same key again gives the same job and costs nothing more, within `key_window_s`.
    """

    keyed: bool
    key_window_s: float

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        """The service's id of the job. Uploads what it needs first (which costs nothing)."""

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        """Raises only when asking failed: the job itself may still be going on, so ask for the same id again."""

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        """Writes the finished clip, checked: type, size, that it decodes."""

    def cancel(self, remote_id: str) -> bool:
        """Asks the service to stop; False when it can't be stopped any more."""

    def close(self) -> None:
        """Lets go of its connections."""


@dataclass(frozen=True, slots=True)
class MadeFace:
    """A talking clip, and who made it. `speaks`: the words are in its own sound."""

    clip: Path
    strategy: Strategy
    provider: str
    speaks: bool


@dataclass(frozen=True, slots=True)
class MovedMouths:
    """No clip: the template's own mouths, and when each is seen."""

    cues: Cues
    strategy: Strategy
    provider: str


@dataclass(frozen=True, slots=True)
class ServiceState:
    """How a connected service does. `circuit` is closed (it works), open (left alone) or half_open (being tried).

    `reason`: the code of what it last failed with; empty while all is well.
    """

    name: str
    circuit: str
    reason: str
    slots: int
    slots_taken: int


class FaceMaker(Protocol):
    """All faces, in their order."""

    def make(
        self,
        wanted: Strategy,
        task: Callable[[bool], FaceTask],
        notes: list[str],
        progress: Progress,
        mouths: Callable[[], MouthTask] | None = None,
    ) -> MadeFace | MovedMouths | None:
        """The best that can be had; None: nothing, and `wanted` allows to do without.

        `task` answers what is to be made, for a face that speaks itself (True) or one that needs our speech; `mouths`
        what is said, where the template brings mouths.
        Why a better one was not used is added to `notes`. Raises a `RenderError` when `wanted` does not allow less.
        """

    def cost(self, wanted: Strategy, text: str, seconds: float) -> Cost:
        """What the first that can be asked will cost for a message of about `seconds`."""

    def speaks_first(self, wanted: Strategy) -> bool:
        """Whether the first that would be asked speaks itself, so that our own speech may not be needed."""

    def moves_mouths(self) -> bool:
        """Whether the mouths that a template brings can be moved."""

    def in_use(self) -> AbstractContextManager[None]:
        """Clips that this thread gets inside are kept until the end of it."""
