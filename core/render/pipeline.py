"""A job's way to a verified film: speech, picture, sound, assembly, check, publication."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import EnvironmentFault, JobFault
from core.jobs.model import Job, Result, Strategy
from core.media.audio import Placed, mix
from core.media.mux import Joined, Piece, join
from core.media.presets import Preset, find_preset
from core.media.probe import film_seconds, probe
from core.media.source import frames_at
from core.progress import Progress
from core.render import publish
from core.render.interfaces import Monitor
from core.render.speech import SpeechStage, SpokenLine
from core.render.strategies import choose
from core.render.timeline import Clip, Timeline, lay_out
from core.render.verify import verify
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import spoken_sections
from core.template.segments import SegmentBank

_DISSOLVE_FADE_S = 0.6  # a clip's own sound comes and goes as softly as its picture


@dataclass(slots=True)
class _Stopwatch:
    """How long each stage took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, monitor: Monitor) -> Iterator[Progress]:
        """Times the stage, and passes on its progress to the worker."""
        started = time.monotonic()

        def progress(fraction: float) -> None:
            monitor.progress(name, fraction)

        progress(0.0)
        yield progress
        progress(1.0)
        self.seconds[name] = round(time.monotonic() - started, 3)


class Pipeline:
    """Makes films. Safe to use from several threads; what jobs share is made once, for all of them."""

    def __init__(self, templates: TemplateLibrary, speech: SpeechStage, bank: SegmentBank, work: Path) -> None:
        self._templates = templates
        self._speech = speech
        self._bank = bank
        self._work = work

    def render(self, job: Job, monitor: Monitor) -> Result:
        """Raises a `RenderError`, or what `monitor` raises; then nothing stands under the film's name."""
        template = self._template(job)
        preset = find_preset(job.preset)
        strategy = choose(job.strategy, {Strategy.VOICEOVER})
        output = Path(job.output)
        publish.prepare(output)
        publish.clear_parts(output, job.id)
        if (film := publish.published(job)) is not None:
            monitor.progress("publish", 1.0)
            return Result(str(film), strategy, film_seconds(film))
        nonce = secrets.token_hex(4)
        part = publish.part_path(output, job.id, nonce)
        sound = self._work / f"{job.id}-{nonce}.m4a"
        watch = _Stopwatch()
        try:
            with watch.stage("speech", monitor) as progress:
                spoken = self._speak(template, job, progress)
            timeline = _timeline(template, preset, spoken)
            with watch.stage("picture", monitor) as progress:
                pieces = self._pieces(timeline, preset, progress)
            with watch.stage("sound", monitor) as progress:
                placed = _placed(template, timeline, spoken)
                mix(placed, timeline.seconds, preset.audio_kbps, sound, progress)
            with watch.stage("assemble", monitor) as progress:
                joined = join(pieces, sound, part, progress, comment=publish.mark(job))
            with watch.stage("verify", monitor):
                _verify(part, timeline, joined, pieces, preset)
            with watch.stage("publish", monitor):
                monitor.before_publish()
                film = publish.publish(part, job)
        finally:
            sound.unlink(missing_ok=True)
            part.unlink(missing_ok=True)
        return Result(str(film), strategy, timeline.seconds, seconds=watch.seconds)

    def _template(self, job: Job) -> Template:
        template = self._templates.by_hash(job.template_hash, job.template)
        if template is None:
            raise EnvironmentFault(
                "template_not_here",
                "The template {template} is not on this computer in the version the batch was made for.",
                "Put that version back, or send the rows again with the template as it is now.",
                waits_for=f"template:{job.template_hash}",
                template=job.template,
            )
        return template

    def _speak(self, template: Template, job: Job, progress: Progress) -> dict[str, SpokenLine]:
        sections = spoken_sections(template, job.language, job.fields, job.script)
        if not sections:
            raise JobFault(
                "nothing_to_say",
                "There is nothing for Santa to say in row {row}.",
                "Give the row a text or the fields of the template.",
                row=job.row,
            )
        spoken = {}
        for place, section in enumerate(sections):
            report = _share(progress, place, len(sections))
            spoken[section.section] = self._speech.speak(section.text, job.language, report)
        return spoken

    def _pieces(self, timeline: Timeline, preset: Preset, progress: Progress) -> list[Piece]:
        pictures = list(dict.fromkeys(shown.picture for shown in timeline.shown))
        missing = [picture for picture in pictures if not self._bank.has(picture, preset)]
        to_encode = max(1, sum(picture.frames for picture in missing))
        encoded = 0
        files: dict[object, Path] = {}
        for picture in pictures:
            mine = picture.frames if picture in missing else 0

            def report(fraction: float, done: int = encoded, mine: int = mine) -> None:
                progress((done + fraction * mine) / to_encode)

            files[picture] = self._bank.segment(picture, preset, report)
            encoded += mine
        return [Piece(files[shown.picture], shown.frames) for shown in timeline.shown]


def _share(progress: Progress, place: int, of: int) -> Progress:
    return lambda fraction: progress((place + fraction) / of)


def _timeline(template: Template, preset: Preset, spoken: Mapping[str, SpokenLine]) -> Timeline:
    clips = {}
    for section in template.sections:
        path = template.path(section.clip)
        clips[section.name] = Clip(path, frames_at(path, preset.fps))
    lengths = {name: line.duration_s for name, line in spoken.items()}
    return lay_out(template.sections, clips, lengths, fps=preset.fps, gop_frames=preset.gop_frames)


def _placed(template: Template, timeline: Timeline, spoken: Mapping[str, SpokenLine]) -> list[Placed]:
    sections = {section.name: section for section in template.sections}
    placed = []
    for bed in timeline.beds:
        section = sections[bed.section]
        assert section.sound is not None
        placed.append(
            Placed(
                template.path(section.sound),
                bed.start_s,
                bed.length_s,
                loop=section.loop,
                fade_in_s=min(section.transition_s, bed.length_s),
                fade_out_s=min(_DISSOLVE_FADE_S, bed.length_s),
            )
        )
    for words in timeline.speech:
        line = spoken[words.section]
        placed.append(Placed(line.path, words.start_s, words.length_s, gain_db=line.gain_db))
    return placed


def _verify(part: Path, timeline: Timeline, joined: Joined, pieces: Sequence[Piece], preset: Preset) -> None:
    first = probe(pieces[0].path).video
    assert first is not None
    verify(part, timeline, joined, first.extradata, preset)
