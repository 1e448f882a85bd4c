"""A job's way to a verified film: speech, picture, sound, assembly, check, publication."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.errors import EnvironmentFault, JobFault
from core.jobs.model import Job, Result, Strategy
from core.media.encoder import usable
from core.media.mix import mix
from core.media.mux import join
from core.media.presets import Preset, find_preset
from core.media.probe import film_seconds
from core.media.source import frames_at
from core.progress import Progress
from core.render import publish
from core.render.interfaces import Monitor
from core.render.picture import pieces, segments, shared_pictures
from core.render.soundtrack import soundtrack
from core.render.speech import SpeechStage, SpokenLine
from core.render.strategies import choose
from core.render.timeline import Clip, Timeline, lay_out
from core.render.verify import verify, verify_all
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import spoken_sections
from core.template.segments import SegmentBank


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
    """Makes films. Safe to use from several threads; what jobs share is made once, for all of them.

    `verify_full`: every finished film is decoded whole before it is published. `own_films`: the folder that all films
    made here go to; None leaves each where its job says.
    """

    def __init__(
        self,
        templates: TemplateLibrary,
        speech: SpeechStage,
        bank: SegmentBank,
        work: Path,
        *,
        verify_full: bool = False,
        own_films: Path | None = None,
    ) -> None:
        self._templates = templates
        self._speech = speech
        self._bank = bank
        self._work = work
        self._verify_full = verify_full
        self._own_films = own_films

    def warm(self, template: Template, preset: Preset, progress: Progress) -> None:
        """Makes all that this template's films share before the first of them asks for it.

        Raises a `RenderError`, and whatever `progress` raises; what is made until then is kept.
        """
        for section in template.sections:
            if section.sound:
                self._bank.sounds.sound(template.path(section.sound), progress, loop=section.loop)
        clips = _clips(template, preset)
        typical = lay_out(template.sections, clips, {}, fps=preset.fps, gop_frames=preset.gop_frames)
        fitted = usable(preset).fitted(2 * typical.frames, 2 * len(typical.shown))
        segments(self._bank, shared_pictures(template.sections, clips, preset), fitted, progress)

    def render(self, job: Job, monitor: Monitor) -> Result:
        """Raises a `RenderError`, or what `monitor` raises; then nothing stands under the film's name."""
        if self._own_films is not None:
            job = job.edited(output=str(publish.moved_under(job.output, self._own_films)))
        template = self._template(job)
        asked = find_preset(job.preset)
        preset = usable(asked)
        strategy = choose(job.strategy, {Strategy.VOICEOVER})
        output = Path(job.output)
        publish.prepare(output)
        publish.clear_parts(output, job.id)
        if (film := publish.published(job)) is not None:
            monitor.progress("publish", 1.0)
            return Result(str(film), strategy, film_seconds(film))
        with self._speech.in_use(), self._bank.in_use():
            made = self._make(job, template, preset, strategy, monitor)
        if preset.encoder != asked.encoder:
            return replace(made, notes=(*made.notes, f"{asked.encoder} does not work here; {preset.encoder} was used"))
        return made

    def _make(self, job: Job, template: Template, preset: Preset, strategy: Strategy, monitor: Monitor) -> Result:
        nonce = secrets.token_hex(4)
        part = publish.part_path(Path(job.output), job.id, nonce)
        sound = self._work / f"{job.id}-{nonce}.m4a"
        watch = _Stopwatch()
        try:
            with watch.stage("speech", monitor) as progress:
                spoken = self._speak(template, job, progress)
            timeline = _timeline(template, preset, spoken)
            preset = preset.fitted(timeline.frames, len(timeline.shown))
            with watch.stage("picture", monitor) as progress:
                parts = pieces(self._bank, timeline, preset, progress)
            with watch.stage("sound", monitor) as progress:
                placed = soundtrack(template, timeline, spoken, self._bank.sounds, progress)
                mix(placed, timeline.seconds, preset.audio_kbps, sound, progress)
            with watch.stage("assemble", monitor) as progress:
                joined = join(parts, sound, part, progress, comment=publish.mark(job))
            with watch.stage("verify", monitor) as progress:
                verify(part, timeline, joined, parts, preset)
                if self._verify_full:
                    verify_all(part, timeline, progress)
                poster = self._bank.poster(max(parts, key=lambda piece: piece.frames).path)
            with watch.stage("publish", monitor):
                monitor.before_publish()
                film = publish.publish(part, job)
        finally:
            sound.unlink(missing_ok=True)
            part.unlink(missing_ok=True)
        return Result(str(film), strategy, timeline.seconds, str(poster), watch.seconds)

    def _template(self, job: Job) -> Template:
        template = self._templates.by_hash(job.template_hash, job.template)
        if template is None:
            raise EnvironmentFault(
                "template_not_here",
                "The template {template} is not on this computer in the version the batch was made for.",
                "Put that version back, or send the rows again with the template as it is now.",
                waits_for=f"template:{job.template_hash}:{job.template}",
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


def _share(progress: Progress, place: int, of: int) -> Progress:
    return lambda fraction: progress((place + fraction) / of)


def _clips(template: Template, preset: Preset) -> dict[str, Clip]:
    clips = {}
    for section in template.sections:
        path = template.path(section.clip)
        clips[section.name] = Clip(path, frames_at(path, preset.fps))
    return clips


def _timeline(template: Template, preset: Preset, spoken: Mapping[str, SpokenLine]) -> Timeline:
    lengths = {name: line.duration_s for name, line in spoken.items()}
    return lay_out(template.sections, _clips(template, preset), lengths, fps=preset.fps, gop_frames=preset.gop_frames)
