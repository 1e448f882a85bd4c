"""The face stage: a talking message, made by whoever can, in the place of the template's silent loop."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.jobs.model import Job, Strategy
from core.media import pcm
from core.media.audio import wav_seconds
from core.media.encode import Cut
from core.media.mix import Placed, mix
from core.media.mux import Piece, join
from core.media.pcm import RATE, BankedSound
from core.media.poster import write_poster
from core.media.presets import Preset
from core.media.source import file_hash, frames_at
from core.media.voice import level
from core.progress import Progress
from core.render.film import Film
from core.render.interfaces import Cost, FaceMaker, FaceTask, MadeFace, MouthTask, MovedMouths, Payer
from core.render.mouths import Mouth, Talk, mouths_of
from core.render.spoken import SaidLine, Spoken
from core.render.strategies import allowed, none_works
from core.render.timeline import Clip
from core.storage.cache import content_key
from core.template.model import Template
from core.template.segments import SegmentBank

_STILL_SIDE = 1920
_LETTERS = (".txt", ".md", ".docx", ".odt", ".rtf")  # one text, one film


@dataclass(frozen=True, slots=True)
class Scratch:
    """Names for what is only needed while a film is made."""

    folder: Path
    name: str

    @classmethod
    def of(cls, folder: Path, job: Job) -> Scratch:
        return cls(folder, f"{job.id}-{secrets.token_hex(4)}")

    def file(self, suffix: str) -> Path:
        return self.folder / f"{self.name}{suffix}"

    def clear(self) -> None:
        for file in self.folder.glob(f"{self.name}*"):
            file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said in the section `name`; `speak` speaks it with our own voice.

    `text` is what is read, `said` what a voice is given.
    """

    name: str
    text: str
    said: str
    speak: Callable[[], Spoken]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a film is made from and for. Why a better face was not used is added to `notes`."""

    job: Job
    template: Template
    preset: Preset
    scratch: Scratch
    notes: list[str]


class NoFaces:
    """For where nothing moves Santa's mouth."""

    def make(
        self,
        wanted: Strategy,
        task: Callable[[bool], FaceTask],
        notes: list[str],
        progress: Progress,
        mouths: Callable[[], MouthTask] | None = None,
    ) -> None:
        del task, notes, progress, mouths
        if Strategy.VOICEOVER in allowed(wanted):
            return
        raise none_works(wanted, [])

    def cost(self, wanted: Strategy, text: str, seconds: float) -> Cost:
        del wanted, text, seconds
        return Cost()

    def speaks_first(self, wanted: Strategy) -> bool:
        del wanted
        return False

    def moves_mouths(self) -> bool:
        return False

    def in_use(self) -> AbstractContextManager[None]:
        return nullcontext()


class FaceStage:
    def __init__(self, faces: FaceMaker, bank: SegmentBank) -> None:
        self._faces = faces
        self._bank = bank

    def may_speak(self, wanted: Strategy) -> bool:
        """Whether a face may say the message in its own voice, so that ours is not asked for it before."""
        return self._faces.speaks_first(wanted)

    def moves_mouths(self) -> bool:
        """Whether a template's own mouths may be shown."""
        return self._faces.moves_mouths()

    def in_use(self) -> AbstractContextManager[None]:
        """Clips that this thread gets inside are kept until the end of it."""
        return self._faces.in_use()

    def make(self, film: Film, message: Message, setting: Setting, progress: Progress) -> tuple[Film, Strategy]:
        """The film with a talking message, or, where the job allows it and nothing better works, with its loop.

        Raises a `RenderError`, and whatever `progress` raises.
        """
        said = film
        shown: Mapping[str, Mouth] = {}

        def task(speaks: bool) -> FaceTask:
            nonlocal said
            if not speaks:
                said = _said(film, message)
            return self._task(said, message, setting, speaks, progress)

        def mouths() -> MouthTask:
            nonlocal said, shown
            shown = mouths_of(setting.template, setting.preset)
            said = _said(film, message)
            return MouthTask(said.words, setting.job.language, message.name, _cue_file(setting.job))

        brings = mouths if setting.template.message.mouths else None
        made = self._faces.make(setting.job.strategy, task, setting.notes, progress, brings)
        if made is None:
            return _said(said, message), Strategy.VOICEOVER
        setting.notes.append(f"{made.provider}: {made.strategy}")
        if isinstance(made, MovedMouths):
            return replace(said, talk=Talk(shown, made.cues)), made.strategy
        return _with_face(said, message, made, setting, progress), made.strategy

    def _task(self, film: Film, message: Message, setting: Setting, speaks: bool, progress: Progress) -> FaceTask:
        job, template, preset, scratch = setting.job, setting.template, setting.preset, setting.scratch
        loop = film.clips[message.name]
        whole = self._bank.segment(Cut(loop.path, ((0, loop.frames),)), preset, progress)
        still = scratch.file(".jpg")
        write_poster(whole, still, longer_side=_STILL_SIDE)
        told = [template.content_hash, preset.width, preset.height, preset.fps, job.take]
        speech: Path | None = None
        clip, seconds = template.path(_clip_of(film, message.name)), 0.0
        if not speaks:
            timeline = film.timeline(preset)
            first, end = timeline.spans[message.name]
            [heard] = [one for one in timeline.speech if one.section == message.name]
            seconds = (end - first) / preset.fps
            speech = scratch.file(".speech.wav")
            _write_words(film.words[message.name], heard.start_s - first / preset.fps, seconds, speech)
            told.append(file_hash(speech))
            clip = scratch.file(".loop.mp4")
            _write_loop(_pieces(whole, loop.frames, end - first, preset.gop_frames), speech, clip, preset, progress)
        return FaceTask(
            identity=content_key([*told, message.said, job.language]),
            text=message.said,
            language=job.language,
            seconds=seconds,
            speech=speech,
            clip=clip,
            still=still,
            width=preset.width,
            height=preset.height,
            payer=Payer(job.id, job.batch),
        )


def _cue_file(job: Job) -> Path | None:
    """What lies beside a letter's file, under its name, if anything does."""
    source = Path(job.source)
    beside = source.with_name(f"{source.stem}.cues.json")
    return beside if job.script and source.suffix.lower() in _LETTERS and beside.is_file() else None


def _said(film: Film, message: Message) -> Film:
    return film if message.name in film.words else film.saying({message.name: message.speak()})


def _with_face(film: Film, message: Message, made: MadeFace, setting: Setting, progress: Progress) -> Film:
    preset = setting.preset
    frames = frames_at(made.clip, preset.fps)
    if made.speaks:
        sound = setting.scratch.file(".face.wav")
        level(made.clip, sound, progress, trimmed=False)
        words = Spoken((SaidLine(message.text, sound, 0.0, wav_seconds(sound)),))
        return film.saying({message.name: words}).showing(message.name, Clip(made.clip, frames), lead_in_s=0.0)
    first, end = film.timeline(preset).spans[message.name]
    return film.showing(message.name, Clip(made.clip, min(frames, end - first)))


def _clip_of(film: Film, name: str) -> str:
    return next(section.clip for section in film.sections if section.name == name)


def _write_words(spoken: Spoken, lead_s: float, total_s: float, destination: Path) -> None:
    """The words as one sound that is as long as the picture is seen."""
    total = np.zeros((1, round(total_s * RATE)), np.float32)
    for line in spoken.lines:
        with BankedSound(line.path) as sound:
            samples = sound.span(0, sound.length).mean(axis=0, keepdims=True)
        first = round((lead_s + line.start_s) * RATE)
        samples = samples[:, : max(0, total.shape[1] - first)]
        total[:, first : first + samples.shape[1]] += samples
    pcm.write(destination, [total])


def _write_loop(pieces: Sequence[Piece], speech: Path, destination: Path, preset: Preset, progress: Progress) -> None:
    sound = destination.with_suffix(".m4a")
    seconds = sum(piece.frames for piece in pieces) / preset.fps
    mix([Placed(speech, 0.0, seconds)], seconds, preset.audio_kbps, sound, progress)
    join(pieces, sound, destination, progress)
    sound.unlink()


def _pieces(segment: Path, loop_frames: int, frames: int, gop_frames: int) -> list[Piece]:
    """The loop, over and over, for at least `frames`."""
    rounds, rest = divmod(frames, loop_frames)
    rest = min(-(-rest // gop_frames) * gop_frames, loop_frames)
    return [Piece(segment, loop_frames)] * rounds + ([Piece(segment, rest)] if rest else [])
