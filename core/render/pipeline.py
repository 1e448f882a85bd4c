"""A job's way to a verified film: speech, picture, sound, assembly, check, publication."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
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
from core.progress import Begun, Progress, unnamed
from core.render import publish
from core.render.captions import captions
from core.render.cards import titles
from core.render.face import FaceStage, Message, NoFaces, Scratch, Setting
from core.render.film import Film, template_clips
from core.render.interfaces import FaceMaker, Monitor, Payer
from core.render.mouths import mouths_of
from core.render.picture import part_of, pieces, segments, shared_pictures, typical
from core.render.soundtrack import soundtrack
from core.render.speech import SpeechStage
from core.render.spoken import Spoken
from core.render.timeline import Timeline
from core.render.turnstile import Turnstile
from core.render.verify import verify, verify_all
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import SpokenSection, spoken_sections
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

    `encoders`: how many films are encoded at once; other threads may wait for services meanwhile. `verify_full`: every
    finished film is decoded whole before it is published. `own_films`: the folder that all films made here go to; None
    leaves each where its job says.
    """

    def __init__(
        self,
        templates: TemplateLibrary,
        speech: SpeechStage,
        bank: SegmentBank,
        work: Path,
        *,
        faces: FaceMaker | None = None,
        encoders: int = 8,
        verify_full: bool = False,
        own_films: Path | None = None,
    ) -> None:
        self._templates = templates
        self._speech = speech
        self._bank = bank
        self._work = work
        self._faces = FaceStage(faces or NoFaces(), bank)
        self._encoders = Turnstile(encoders)
        self._verify_full = verify_full
        self._own_films = own_films

    def adapt(self, *, encoders: int, own_films: Path | None) -> None:
        """For films that are begun from now on; see the class."""
        self._encoders.places, self._own_films = encoders, own_films

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        """Makes all that this template's films share before the first of them asks for it.

        Raises a `RenderError`, and whatever `progress` raises; what is made until then is kept.
        """
        begun("sound")
        for section in template.sections:
            if section.sound:
                self._bank.sounds.sound(template.path(section.sound), progress, loop=section.loop)
        clips = template_clips(template, preset)
        typical = Film(template.sections, clips, {}).timeline(preset)
        fitted = usable(preset).fitted(2 * typical.frames, 2 * len(typical.shown))
        mouths = mouths_of(template, preset) if self._faces.moves_mouths() else {}
        if mouths:
            fitted = fitted.model_copy(update={"encoder": "libx264"})
        places = {clip.path: name for name, clip in clips.items()}
        pictures = shared_pictures(template, clips, preset, mouths)
        segments(self._bank, pictures, fitted, progress, lambda picture: begun(part_of(picture, places)))

    def render(self, job: Job, monitor: Monitor) -> Result:
        """Raises a `RenderError`, or what `monitor` raises; then nothing stands under the film's name."""
        if (own_films := self._own_films) is not None:
            job = job.edited(output=str(publish.moved_under(job.output, own_films)))
        template = self._template(job)
        asked = find_preset(job.preset)
        preset = usable(asked)
        output = Path(job.output)
        publish.prepare(output)
        publish.clear_parts(output, job.id)
        if (film := publish.published(job)) is not None:
            monitor.progress("publish", 1.0)
            return Result(str(film), publish.strategy_of(film), film_seconds(film))
        setting = Setting(job, template, preset, Scratch.of(self._work, job), [])
        try:
            with self._speech.in_use(), self._bank.in_use(), self._faces.in_use():
                made = self._make(setting, monitor)
        finally:
            setting.scratch.clear()
        if preset.encoder != asked.encoder:
            return replace(made, notes=(*made.notes, f"{asked.encoder} does not work here; {preset.encoder} was used"))
        return made

    def _make(self, setting: Setting, monitor: Monitor) -> Result:
        watch = _Stopwatch()
        film, strategy = self._talking(setting, watch, monitor)
        timeline = film.timeline(setting.preset)
        preset = setting.preset.fitted(timeline.frames, len(timeline.shown))
        if film.talk is not None:  # its picture is chosen, not encoded: hardware would save no time, and may not join
            preset = preset.model_copy(update={"encoder": "libx264"})
        with self._encoders.passed(lambda fraction: monitor.progress("picture", fraction)):
            return self._put_together(replace(setting, preset=preset), film, timeline, strategy, watch, monitor)

    def _talking(self, setting: Setting, watch: _Stopwatch, monitor: Monitor) -> tuple[Film, Strategy]:
        """The film with its words and with whoever says them."""
        job, template, preset = setting.job, setting.template, setting.preset
        sections = self._sections(template, job)
        spoken_by_face = self._faces.may_speak(job.strategy)
        message = next((one for one in sections if one.section == template.message.name), None)
        with watch.stage("speech", monitor) as progress:
            own = titles(template, preset, job.language, job.fields)
            film = Film(template.sections, template_clips(template, preset), {}, own)
            for place, section in enumerate(sections):
                if section is not message or not spoken_by_face:
                    report = _share(progress, place, len(sections))
                    film = film.saying({section.section: self._said(section, job, report)})
        if message is None:
            return film, Strategy.VOICEOVER
        with watch.stage("face", monitor) as progress:
            words = Message(message.section, message.text, message.said, lambda: self._said(message, job, progress))
            return self._faces.make(film, words, setting, progress)

    def _put_together(
        self,
        setting: Setting,
        film: Film,
        timeline: Timeline,
        strategy: Strategy,
        watch: _Stopwatch,
        monitor: Monitor,
    ) -> Result:
        job, preset = setting.job, setting.preset
        captioned = captions(job.captions, job.language, timeline, film.words)
        timeline = captioned.on(film.talking(timeline, whole=captioned.kind == "burned"), preset)
        sound = setting.scratch.file(".m4a")
        part = publish.part_path(Path(job.output), job.id, secrets.token_hex(4))
        try:
            with watch.stage("picture", monitor) as progress:
                parts = pieces(self._bank, timeline, preset, progress)
            with watch.stage("sound", monitor) as progress:
                placed = soundtrack(setting.template, timeline, film.words, self._bank.sounds, progress)
                mix(placed, timeline.seconds, preset.audio_kbps, sound, progress)
            with watch.stage("assemble", monitor) as progress:
                told = f"{publish.mark(job)}:{strategy}:{captioned.fingerprint}".rstrip(":")
                joined = join(
                    parts, sound, part, progress, comment=told, captions=captioned.track, language=job.language
                )
            with watch.stage("verify", monitor) as progress:
                verify(part, timeline, joined, parts, preset, captioned.track)
                if self._verify_full:
                    verify_all(part, timeline, progress)
                poster = self._bank.poster(typical(parts, timeline).path)
            with watch.stage("publish", monitor):
                monitor.before_publish()
                published = publish.publish(part, job, captioned.file)
        finally:
            part.unlink(missing_ok=True)
        return Result(str(published), strategy, timeline.seconds, str(poster), watch.seconds, tuple(setting.notes))

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

    def _sections(self, template: Template, job: Job) -> tuple[SpokenSection, ...]:
        sections = spoken_sections(template, job.language, job.fields, job.script, job.respelled)
        if not sections:
            raise JobFault(
                "nothing_to_say",
                "There is nothing for Santa to say in row {row}.",
                "Give the row a text or the fields of the template.",
                row=job.row,
            )
        return sections

    def _said(self, section: SpokenSection, job: Job, progress: Progress) -> Spoken:
        return self._speech.speak(section, job.language, Payer(job.id, job.batch), progress, take=job.take)


def _share(progress: Progress, place: int, of: int) -> Progress:
    return lambda fraction: progress((place + fraction) / of)
