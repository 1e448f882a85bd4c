"""All faces in their order: the best that works makes Santa's mouth move, and why a better one didn't is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import AnswerLost, EnvironmentFault, JobFault, RenderError
from core.jobs.model import Strategy
from core.media.probe import film_seconds
from core.progress import Progress, creeping
from core.render.interfaces import Cost, Face, FaceTask, LocalFace, MadeFace, MouthFace, MouthTask, MovedMouths
from core.render.strategies import allowed, none_works
from core.storage.cache import MadeOnce, Usage, content_key
from core.storage.looked import Looked
from providers.paid_face import PaidFace

_LIMIT_BYTES = 4_000_000_000
_MOUTHS = "mouth_bank"
_TYPICAL_S = 240.0
_TAIL_S = 0.5  # so much of the silence at its end may be missing


@dataclass(frozen=True, slots=True)
class _Able:
    faces: tuple[LocalFace | PaidFace, ...]
    mouths: MouthFace | None


class Faces:
    """`faces` is best first. A finished clip is kept in `folder`: a retry pays nothing.

    `mouths` comes after all that make a clip: it is the simplest.
    """

    def __init__(self, faces: Sequence[LocalFace | PaidFace], folder: Path, *, mouths: MouthFace | None = None) -> None:
        self._now = _Able(tuple(faces), mouths)
        self._film = threading.local()
        self._made = MadeOnce(folder, ".mp4", limit_bytes=_LIMIT_BYTES)

    def replace(self, faces: Sequence[LocalFace | PaidFace], mouths: MouthFace | None) -> None:
        """For films that are begun from now on."""
        self._now = _Able(tuple(faces), mouths)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        with self._made.in_use():
            self._film.able = self._now
            try:
                yield
            finally:
                del self._film.able

    @property
    def _faces(self) -> Sequence[LocalFace | PaidFace]:
        return self._able.faces

    @property
    def _mouths(self) -> MouthFace | None:
        return self._able.mouths

    @property
    def _able(self) -> _Able:
        """Those of the film that this thread makes, else those of now."""
        able: _Able = getattr(self._film, "able", self._now)
        return able

    def usage(self) -> Usage:
        return self._made.usage()

    def trim(self) -> Usage:
        return self._made.trim()

    def lookups(self) -> Looked:
        return self._made.lookups()

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        return self._made.clear(even_if_others_use_it=even_if_others_use_it)

    def make(
        self,
        wanted: Strategy,
        task: Callable[[bool], FaceTask],
        notes: list[str],
        progress: Progress,
        mouths: Callable[[], MouthTask] | None = None,
    ) -> MadeFace | MovedMouths | None:
        """See `core.render.interfaces.FaceMaker`."""
        last: RenderError | None = None
        strategies = allowed(wanted)
        for one in self._faces:
            face = _face(one)
            if face.strategy not in strategies:
                continue
            availability = face.availability()
            if not availability.usable:
                notes.append(f"{face.name}: {availability.reason}")
                continue
            asked = task(face.speaks)
            if reason := face.unfit(asked):
                notes.append(f"{face.name}: {reason}")
                continue
            try:
                clip = self._clip(one, asked, progress)
            except AnswerLost:
                raise
            except RenderError as error:
                if isinstance(one, PaidFace) and one.is_running(self._call_id(one, asked)):
                    raise  # it is being made, and paid for: nothing simpler in its place
                notes.append(f"{face.name}: {error.code}")
                last = _more_hopeful(last, error)
                continue
            return MadeFace(clip, face.strategy, face.name, face.speaks)
        moved = self._moved(strategies, notes, progress, mouths)
        if isinstance(moved, MovedMouths):
            return moved
        if Strategy.VOICEOVER in strategies:
            return None
        raise last or moved or none_works(wanted, notes)

    def _moved(
        self,
        strategies: Sequence[Strategy],
        notes: list[str],
        progress: Progress,
        mouths: Callable[[], MouthTask] | None,
    ) -> MovedMouths | RenderError | None:
        """The template's own mouths, if that is allowed and it brings any; or why they can't be moved."""
        if self._mouths is None or self._mouths.strategy not in strategies:
            return None
        availability = self._mouths.availability()
        if not availability.usable or mouths is None:
            notes.append(f"{_MOUTHS}: {availability.reason or 'the template brings no mouths'}")
            return None
        try:
            cues = self._mouths.cues(mouths(), notes, progress)
        except RenderError as error:
            notes.append(f"{_MOUTHS}: {error.code}")
            return error
        return MovedMouths(cues, self._mouths.strategy, self._mouths.name)

    def cost(self, wanted: Strategy, text: str, seconds: float) -> Cost:
        task = FaceTask("", text, "", seconds, None, Path(), Path(), 0, 0)
        first = next((face for face in self._usable(wanted) if not face.unfit(task)), None)
        return Cost() if first is None else first.cost(task)

    def speaks_first(self, wanted: Strategy) -> bool:
        first = next(self._usable(wanted), None)
        return first is not None and first.speaks

    def moves_mouths(self) -> bool:
        return self._mouths is not None and self._mouths.availability().usable

    def _usable(self, wanted: Strategy) -> Iterator[Face]:
        faces = (_face(one) for one in self._faces)
        return (face for face in faces if face.strategy in allowed(wanted) and face.availability().usable)

    def _call_id(self, one: LocalFace | PaidFace, task: FaceTask) -> str:
        face = _face(one)
        return content_key(["face", face.name, face.look(), task.identity, face.speaks])

    def _clip(self, one: LocalFace | PaidFace, task: FaceTask, progress: Progress) -> Path:
        call_id = self._call_id(one, task)

        def make(part: Path) -> None:
            if isinstance(one, PaidFace):
                one.make(call_id, task, part, progress)
            else:
                one.make(task, part, progress)

        clip = self._made.get(call_id, make, creeping(progress, _TYPICAL_S))  # another film may be having it made
        if not _face(one).speaks and (seconds := film_seconds(clip)) < task.seconds - _TAIL_S:
            raise JobFault(
                "face_too_short",
                "{provider} made a clip of {seconds} seconds for {wanted} seconds of speech.",
                "Another one is taken, where there is one. If it stays so, look at the template's message clip.",
                provider=_face(one).name,
                seconds=round(seconds, 1),
                wanted=round(task.seconds, 1),
            )
        return clip


def _face(one: LocalFace | PaidFace) -> Face:
    return one.face if isinstance(one, PaidFace) else one


def _more_hopeful(one: RenderError | None, other: RenderError) -> RenderError:
    """Of two reasons why there is no clip the one after which there may be one yet: waiting, trying again, failing."""

    def rank(error: RenderError) -> int:
        return 2 if isinstance(error, JobFault) else 0 if isinstance(error, EnvironmentFault) else 1

    return other if one is None or rank(other) < rank(one) else one
