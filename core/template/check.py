"""Everything that is wrong with a template, found in one run: for the studio that makes it."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import av
import av.error
import numpy as np
from pydantic import ValidationError, model_validator

from core.errors import JobFault
from core.media import pcm
from core.media.clip import ClipInfo, clip_info
from core.media.font import read_font
from core.media.presets import Preset
from core.template.check_mouths import mouth_mistakes
from core.template.model import FILE_NAME, Section, Template, plain
from core.text import Text, Value

# What stands for a value that must be there and is missing or wrong, so that the rest can be looked at.
_STAND_INS: Mapping[Any, Any] = {"format": 1, "name": "x", "title": {}}
_JUMP = 12.0  # mean difference of brightness, of 255, between a loop's last frame and its first


@dataclass(frozen=True, slots=True)
class Finding:
    """`mistake`: films can't be made, or would come out wrong; otherwise something worth knowing. `where` is a file."""

    where: str
    code: str
    what: Text
    mistake: bool = True

    def as_dict(self) -> dict[str, Any]:
        return {"file": self.where, "code": self.code, "message": str(self.what), "mistake": self.mistake}


def check_template(folder: Path, preset: Preset) -> list[Finding]:
    """Reads template.toml, every file it names and every frame of its clips. Nothing in it raises."""
    try:
        data = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except OSError as error:
        return [_found(FILE_NAME, "template_missing", "It can't be read: {reason}.", reason=str(error.strerror))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [_found(FILE_NAME, "template_invalid", "It is not TOML: {reason}.", reason=str(error))]
    template, problems = _read(data, folder)
    findings = [_found(FILE_NAME, "template_invalid", "{problem}.", problem=problem) for problem in problems]
    if template is None:
        return findings
    missing = [asset for asset in template.assets if not template.path(asset).is_file()]
    findings += [_found(asset, "template_asset_missing", "It is not there.") for asset in missing]
    if not any(section.loop for section in template.sections):
        text = "No section loops: words that are longer than the clips are refused."
        findings.append(_found(FILE_NAME, "no_loop", text, mistake=False))
    findings += [found for found in [*_sounds(template), *_fonts(template)] if found.where not in missing]
    findings += _clips(template, preset, missing)
    return [*findings, *(Finding(where, code, what) for where, code, what in mouth_mistakes(template, preset))]


class _AsItIs(Template):
    """A template whose parts need not fit together."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        return self


def _read(data: dict[str, Any], folder: Path) -> tuple[Template | None, list[str]]:
    """The template as far as it can be understood: what is wrong in one place must not hide what is in another."""
    problems: list[str] = []
    data = copy.deepcopy(data)
    while True:
        try:
            template = _AsItIs.model_validate({**data, "folder": folder})
            return template, [*problems, *template.problems()]
        except ValidationError as error:
            found = [plain(item) for item in error.errors()]
            problems += [message for message in found if message not in problems]
            if not sum(_put_right(data, item) for item in error.errors()):
                return None, problems


def _put_right(data: Any, item: Mapping[str, Any]) -> bool:
    """Takes the value that an error is about out of `data`, or puts one there that will do. False if it can't."""
    *way, last = item["loc"] or (None,)
    for step in way:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    if not isinstance(data, dict):
        return False
    if last in _STAND_INS and data.get(last) != _STAND_INS[last]:
        data[last] = copy.deepcopy(_STAND_INS[last])
        return True
    return data.pop(last, None) is not None


def _sounds(template: Template) -> Iterator[Finding]:
    named = [section.sound for section in template.sections if section.sound]
    for sound in dict.fromkeys([*named, *([template.music.file] if template.music else [])]):
        try:
            if not pcm.read(template.path(sound)).size:
                yield _found(sound, "sound_unreadable", "It holds no sound.")
        except JobFault as error:
            yield Finding(sound, error.code, error.what)


def _fonts(template: Template) -> Iterator[Finding]:
    named = [card.font_file for section in template.sections for card in section.cards if card.font_file]
    for font in dict.fromkeys(named):
        try:
            read_font(template.path(font))
        except JobFault as error:
            yield Finding(font, error.code, error.what)


def _clips(template: Template, preset: Preset, missing: list[str]) -> Iterator[Finding]:
    infos: dict[str, ClipInfo] = {}
    for clip in dict.fromkeys(section.clip for section in template.sections):
        if clip in missing:
            continue
        try:
            infos[clip] = clip_info(template.path(clip))
        except JobFault as error:
            yield Finding(clip, error.code, error.what)
            continue
        loops = any(section.loop for section in template.sections if section.clip == clip)
        yield from _whole(template.path(clip), clip, loops=loops)
        yield from _conversions(clip, infos[clip], preset)
    for place, section in enumerate(template.sections):
        if section.clip in infos:
            following = template.sections[place + 1] if place + 1 < len(template.sections) else None
            yield from _section(section, following, infos, preset, first=place == 0)


def _whole(path: Path, clip: str, *, loops: bool) -> Iterator[Finding]:
    """Decodes every frame; compares the last with the first if one is to follow the other."""
    decoded = 0
    first = last = None
    try:
        with av.open(str(path)) as container:
            for frame in container.decode(container.streams.video[0]):
                decoded += not frame.is_corrupt
                first = frame if first is None else first
                last = frame
    except av.error.FFmpegError as error:
        text = "It can't be decoded after frame {frame}: {reason}."
        yield _found(clip, "clip_damaged", text, frame=decoded, reason=str(error.strerror))
        return
    promised = clip_info(path).frames
    if decoded < promised:
        text = "Only {decoded} of its {promised} frames can be decoded."
        yield _found(clip, "clip_damaged", text, decoded=decoded, promised=promised)
    if loops and first is not None and last is not None and _apart(first, last) > _JUMP:
        yield _found(clip, "loop_jumps", "It loops, but its last frame is far from its first.", mistake=False)


def _apart(one: av.VideoFrame, other: av.VideoFrame) -> float:
    greys = [frame.reformat(160, 160, "gray").to_ndarray().astype(np.float64) for frame in (one, other)]
    return float(np.abs(greys[0] - greys[1]).mean())


def _conversions(clip: str, info: ClipInfo, preset: Preset) -> Iterator[Finding]:
    def note(code: str, text: str, **values: Value) -> Finding:
        return _found(clip, code, text, mistake=False, **values)

    if not info.steady:
        yield note("rate_varies", "Its frames last unequally long; it is shown at {fps} a second.", fps=preset.fps)
    elif info.frames != info.frames_at(preset.fps):
        rate = round(float(info.rate), 3)
        yield note("rate_converted", "It has {rate} frames a second; it is shown at {fps}.", rate=rate, fps=preset.fps)
    if info.hdr:
        yield note("hdr_converted", "It is {kind}; it is brought down to standard range.", kind=info.hdr)
    if info.rotation:
        yield note("rotated", "It is stored turned; it is shown upright.")
    scale = max(preset.width / info.width, preset.height / info.height)
    if scale > 1.05 and not info.rotation:
        size = f"{info.width}×{info.height}"
        yield note("enlarged", "It is only {size}; it is enlarged {times} times.", size=size, times=round(scale, 2))


def _section(
    section: Section, following: Section | None, infos: Mapping[str, ClipInfo], preset: Preset, *, first: bool
) -> Iterator[Finding]:
    info = infos[section.clip]
    frames = info.frames_at(preset.fps)
    into = 0 if first else round(section.overlap_s * preset.fps)
    out = round(following.overlap_s * preset.fps) if following else 0
    if frames < (max(into, out) if section.loop else into + out):
        text = "Its {seconds} seconds are too few for the transitions of section {section}."
        yield _found(section.clip, "clip_too_short", text, seconds=round(info.shown_s, 2), section=section.name)
    yield from _card_times(section, (into, frames - out), preset.fps)
    uses = {section.clip: not first and section.transition == "alpha-in"}
    uses[section.clip] |= following is not None and following.transition == "alpha-out"
    if uses[section.clip] and not info.has_alpha:
        text = "A transition of section {section} needs its alpha, and it has none."
        yield _found(section.clip, "alpha_missing", text, section=section.name)
    if info.has_alpha and not uses[section.clip]:
        text = "It has alpha that no transition uses: what is transparent is black."
        yield _found(section.clip, "alpha_unused", text, mistake=False)


def _card_times(section: Section, alone: tuple[int, int], fps: int) -> Iterator[Finding]:
    for number, card in enumerate(section.cards, 1):
        begins, ends = (round(second * fps) for second in (card.from_s, card.to_s))
        if not section.loop and (begins < alone[0] or ends > alone[1]):
            text = (
                "Card {card} of section {section} is shown outside the {first} to {end} s in which its clip is alone."
            )
            first, end = (round(frame / fps, 2) for frame in alone)
            yield _found(FILE_NAME, "card_outside", text, card=number, section=section.name, first=first, end=end)


def _found(where: str, code: str, text: str, *, mistake: bool = True, **values: Value) -> Finding:
    return Finding(where, code, Text(text, values), mistake)
