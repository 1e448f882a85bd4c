"""What is heard in a film, and when: words, the clips' own sounds, music that makes way for the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.media.mix import Duck, Placed
from core.progress import Progress
from core.render.spoken import Spoken
from core.render.timeline import Timeline
from core.template.model import Template
from core.template.sounds import SoundBank

_SOFTLY_S = 0.6  # a clip's own sound goes as softly as its picture


def soundtrack(
    template: Template, timeline: Timeline, spoken: Mapping[str, Spoken], bank: SoundBank, progress: Progress
) -> list[Placed]:
    """Raises `JobFault`: a sound of the template can't be read."""
    words = [
        Placed(line.path, heard.start_s + line.start_s, line.end_s - line.start_s)
        for heard in timeline.speech
        for line in spoken[heard.section].lines
    ]
    return [*_music(template, timeline, bank, progress), *_own_sounds(template, timeline, bank, progress), *words]


def _own_sounds(template: Template, timeline: Timeline, bank: SoundBank, progress: Progress) -> Iterator[Placed]:
    sections = {section.name: section for section in template.sections}
    for bed in timeline.beds:
        section = sections[bed.section]
        assert section.sound is not None
        yield Placed(
            bank.sound(template.path(section.sound), progress, loop=section.loop),
            bed.start_s,
            bed.length_s,
            loop=section.loop,
            fade_in_s=min(section.overlap_s, bed.length_s),
            fade_out_s=min(_SOFTLY_S, bed.length_s),
        )


def _music(template: Template, timeline: Timeline, bank: SoundBank, progress: Progress) -> Iterator[Placed]:
    music = template.music
    if music is None:
        return
    spans = tuple((line.start_s, line.start_s + line.length_s) for line in timeline.speech)
    yield Placed(
        bank.sound(template.path(music.file), progress, loop=True, level_lufs=music.level_lufs),
        0.0,
        timeline.seconds,
        loop=True,
        fade_in_s=music.fade_in_s,
        fade_out_s=music.fade_out_s,
        duck=Duck(music.duck_db, spans),
    )
