"""A film before it is laid out: whose picture and words stand in each section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.media.presets import Preset
from core.media.source import frames_at
from core.render.mouths import Talk, talking
from core.render.spoken import Spoken
from core.render.timeline import Clip, Timeline, Titles, lay_out
from core.template.model import Section, Template


@dataclass(frozen=True, slots=True)
class Film:
    """`clips` and `words` by section; a section without words has none. `titles` as `lay_out` takes them.

    `talk`: the template's own mouths move.
    """

    sections: Sequence[Section]
    clips: Mapping[str, Clip]
    words: Mapping[str, Spoken]
    titles: Titles | None = None
    talk: Talk | None = None

    def timeline(self, preset: Preset) -> Timeline:
        lengths = {name: spoken.duration_s for name, spoken in self.words.items()}
        return lay_out(
            self.sections,
            self.clips,
            lengths,
            fps=preset.fps,
            gop_frames=preset.gop_frames,
            titles=self.titles,
            mouthed=self.talk.mouths if self.talk else (),
        )

    def talking(self, timeline: Timeline, *, whole: bool) -> Timeline:
        """Its timeline with the mouths that it shows, if any; `whole` as `core.render.mouths.talking` has it."""
        return timeline if self.talk is None else talking(timeline, self.clips, self.talk, whole=whole)

    def saying(self, words: Mapping[str, Spoken]) -> Film:
        """The same film with `words` in some sections."""
        return replace(self, words={**self.words, **words})

    def showing(self, section: str, clip: Clip, **changes: object) -> Film:
        """The same film with another clip, played once, in a section; `changes` to what the section says of itself."""
        sections = [
            one.model_copy(update={"loop": False, **changes}) if one.name == section else one for one in self.sections
        ]
        return replace(self, sections=sections, clips={**self.clips, section: clip})


def template_clips(template: Template, preset: Preset) -> dict[str, Clip]:
    """Each section's clip, as long as it is at the film's rate. Raises `JobFault`: one can't be read."""
    clips = {}
    for section in template.sections:
        path = template.path(section.clip)
        clips[section.name] = Clip(path, frames_at(path, preset.fps))
    return clips
