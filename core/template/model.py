"""A template as its folder describes it: `template.toml`, checked on load.

The format is documented for studios in docs/templates.md.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from core.errors import UsageError
from core.media.encode import Kind
from core.paths import resources
from core.template.card import Card
from core.template.mouths import Mouths
from core.template.terms import Frozen, Inside, Language, placeholders

FILE_NAME = "template.toml"


class TemplateField(Frozen):
    """One thing an operator's sheet says of a child. `max_length` is in characters.

    `leave_out`: words a sheet may begin it with that the lines say themselves: “la abuela” where they say “Tu {…}”.
    """

    required: bool = False
    max_length: int = Field(default=2000, ge=1, le=20_000)
    label: Mapping[Language, str] = {}
    synonyms: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()


class Section(Frozen):
    """A stretch of the film: one clip, played once or, if `loop`, as long as Santa speaks.

    Speech starts `lead_in_s` after the section begins, and a looping section goes on `tail_s` after it.
    `transition_s` is how long the clip before gives way to this one (0: a cut), `transition` is how.
    `cards` are texts on its picture, of a section that does not loop; `mouths` move the mouth of one that does.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    clip: Inside
    sound: Inside | None = None
    loop: bool = False
    lead_in_s: float = Field(default=0.5, ge=0, le=60)
    tail_s: float = Field(default=0.8, ge=0, le=60)
    transition_s: float = Field(default=0.0, ge=0, le=3)
    transition: Literal["cut"] | Kind = "dissolve"
    transition_color: str = Field(default="000000", pattern=r"^[0-9a-fA-F]{6}$")
    whole_script: bool = False
    cards: tuple[Card, ...] = ()
    mouths: Mouths | None = None

    @property
    def overlap_s(self) -> float:
        """How long this clip and the one before are both seen."""
        return 0.0 if self.transition == "cut" else self.transition_s


class Music(Frozen):
    """Played under the whole film, over and over; `duck_db` quieter while Santa speaks, faded at both ends."""

    file: Inside
    level_lufs: float = Field(default=-26.0, ge=-50, le=-10)
    duck_db: float = Field(default=8.0, ge=0, le=40)
    fade_in_s: float = Field(default=0.5, ge=0, le=20)
    fade_out_s: float = Field(default=3.0, ge=0, le=20)


class Template(Frozen):
    """`speech[language][section]` holds the script's lines, one sentence or two each, in the order spoken.

    What rows are held to, besides their fields' lengths: `max_script_length` characters for a whole script, and
    `max_spoken_s` seconds for all that is said. Rows that agree in the `same_child` fields are the same child.
    """

    format: Literal[1]
    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: Mapping[Language, str]
    languages: tuple[Language, ...] = Field(min_length=1)
    licence: str = ""
    name_field: str
    max_script_length: int = Field(default=10_000, ge=1, le=20_000)
    max_spoken_s: float | None = Field(default=None, ge=1, le=3600)
    same_child: tuple[str, ...] = ()
    poster: Inside | None = None
    music: Music | None = None
    fields: Mapping[str, TemplateField] = Field(min_length=1)
    sections: tuple[Section, ...] = Field(min_length=1)
    speech: Mapping[Language, Mapping[str, tuple[str, ...]]]
    folder: Path = Field(exclude=True)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = list(self.problems())
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def problems(self) -> Iterator[str]:
        """What in it does not fit together."""
        names = [section.name for section in self.sections]
        if len(set(names)) != len(names):
            yield "two sections have the same name"
        if sum(section.whole_script for section in self.sections) != 1:
            yield "exactly one section must say whole_script = true"
        if self.name_field not in self.fields:
            yield f"name_field {self.name_field!r} is not one of the fields"
        for name in (one for one in self.same_child if one not in self.fields):
            yield f"same_child: {name!r} is not one of the fields"
        yield from self._speech_problems(names)
        for one in self.sections:
            yield from self._card_problems(one)
            if one.mouths is not None:
                yield from (f"section {one.name}: {problem}" for problem in one.mouths.problems(loops=one.loop))

    def _speech_problems(self, names: Sequence[str]) -> Iterator[str]:
        for language in self.languages:
            if language not in self.speech:
                yield f"there is no [speech.{language}]"
        for language, by_section in self.speech.items():
            for section, lines in by_section.items():
                if section not in names:
                    yield f"[speech.{language}] has lines for {section!r}, which is no section"
                for place in sorted(frozenset().union(*map(placeholders, lines)) - set(self.fields)):
                    yield f"[speech.{language}] {section}: {{{place}}} is not one of the fields"

    def _card_problems(self, section: Section) -> Iterator[str]:
        if section.cards and section.loop:
            yield f"section {section.name} loops: only a section that is shown once can have cards"
        for number, card in enumerate(section.cards, 1):
            where = f"section {section.name}, card {number}"
            yield from (f"{where}: {problem}" for problem in card.problems())
            for language, text in card.texts.items():
                for place in sorted(placeholders(text) - set(self.fields)):
                    yield f"{where}: {{{place}}} is not one of the fields"
                if language and language not in self.languages:
                    yield f"{where}: {language!r} is not one of the languages"
            if "" not in card.texts:
                for language in (one for one in self.languages if one not in card.texts):
                    yield f"{where}: it has no text in {language!r}"

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def assets(self) -> tuple[str, ...]:
        """Every file the template is made of, besides template.toml, relative to its folder."""
        named = [part for section in self.sections for part in (section.clip, section.sound) if part]
        more = [self.poster, self.music.file if self.music else None]
        more += [card.font_file for section in self.sections for card in section.cards]
        more += [clip for section in self.sections if section.mouths for clip in section.mouths.clips.values()]
        return tuple(dict.fromkeys([*named, *(part for part in more if part)]))

    @property
    def message(self) -> Section:
        """The section that a row's own script is said in."""
        return next(section for section in self.sections if section.whole_script)

    def path(self, asset: str) -> Path:
        return self.folder / asset

    @property
    def reference(self) -> str:
        """What finds this template again: its name if it came with the program, else its folder."""
        installed = resources() / "templates" / self.name
        return self.name if self.folder.resolve() == installed.resolve() else str(self.folder.absolute())

    @cached_property
    def stamp(self) -> tuple[tuple[int, int], ...]:
        """`read_stamp` at the time this was first asked, right after loading."""
        return self.read_stamp()

    def read_stamp(self) -> tuple[tuple[int, int], ...]:
        """Each file's time of change (ns) and size now: cheaply tells whether the content may have changed."""
        files = (self.path(asset).stat() for asset in (FILE_NAME, *self.assets))
        return tuple((status.st_mtime_ns, status.st_size) for status in files)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over template.toml and the content of every asset, as hex.

        Jobs name their template by it, so that no machine renders an older version of it by mistake.
        """
        digest = hashlib.sha256()
        _ = self.stamp  # taken before the content is read: a change in between is noticed
        for asset in (FILE_NAME, *sorted(self.assets)):
            with self.path(asset).open("rb") as file:
                digest.update(f"{asset}\0".encode() + hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()


def load_template(folder: Path) -> Template:
    """Reads and checks `folder`/template.toml.

    Raises `UsageError` that names the file and every mistake in it: unreadable, not TOML, a missing clip.
    """
    file = folder / FILE_NAME
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            "template_missing",
            "There is no template in {folder}: its template.toml can't be read ({reason}).",
            "Name a template that is installed, or a folder that holds a template.toml.",
            folder=str(folder),
            reason=error.strerror or "unknown",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _invalid(file, str(error)) from error
    try:
        template = Template.model_validate({**data, "folder": folder})
    except ValidationError as error:
        raise _invalid(file, "; ".join(plain(item) for item in error.errors())) from error
    missing = [asset for asset in template.assets if not template.path(asset).is_file()]
    if missing:
        raise UsageError(
            "template_asset_missing",
            "The template {file} names files that are not there: {missing}.",
            "Put them into the template's folder or take them out of template.toml.",
            file=str(file),
            missing=", ".join(missing),
        )
    return template


def plain(item: Mapping[str, Any]) -> str:
    """One of pydantic's errors in a line: where, and what."""
    place = item["loc"]
    where = ".".join(str(part) for part in place) if isinstance(place, tuple) else ""
    return f"{where}: {item['msg']}" if where else str(item["msg"]).removeprefix("Value error, ")


def _invalid(file: Path, reason: str) -> UsageError:
    return UsageError(
        "template_invalid",
        "The template {file} can't be used: {reason}.",
        "Correct template.toml; docs/templates.md says what it may hold.",
        file=str(file),
        reason=reason,
    )
