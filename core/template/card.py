"""A card: personal text on a section's picture, as `[[sections.cards]]` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import Field

from core.media.titles import Align
from core.template.terms import PLACE, Frozen, Inside, Language, placeholders

Color = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{6}$")]


class Card(Frozen):
    """Personal text on a section's picture, from `from_s` to `to_s` of the section.

    `text` in one language or by language; `{field}` is put in, and a card with a field that the row leaves empty is not
    shown. `x`, `y` (the box's top left corner), `width`, `height` are shares of the film's frame; `size`, the most that
    a line is high, is a share of its shorter side; `outline`, `shadow`, `shadow_blur` are shares of a line's height.
    """

    text: str | Mapping[Language, str]
    from_s: float = Field(ge=0, le=600)
    to_s: float = Field(gt=0, le=600)
    x: float = Field(ge=0, lt=1)
    y: float = Field(ge=0, lt=1)
    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)
    font: Literal["storybook", "plain"] | Inside = "storybook"
    size: float = Field(default=0.12, gt=0, le=1)
    lines: int = Field(default=2, ge=1, le=3)
    align: Align = "center"
    color: Color = "FFFFFF"
    color_below: Color | Literal[""] = ""
    outline: float = Field(default=0.0, ge=0, le=0.3)
    outline_color: Color = "000000"
    shadow: float = Field(default=0.03, ge=0, le=0.5)
    shadow_blur: float = Field(default=0.08, ge=0, le=0.5)
    shadow_color: Color = "000000"
    shadow_alpha: float = Field(default=0.6, ge=0, le=1)
    fade_in_s: float = Field(default=0.4, ge=0, le=10)
    fade_out_s: float = Field(default=0.4, ge=0, le=10)

    @property
    def texts(self) -> Mapping[str, str]:
        """By language; under `""` where all have the same."""
        return {"": self.text} if isinstance(self.text, str) else self.text

    def says(self, language: str, default: str, fields: Mapping[str, str]) -> str:
        """What stands on it in that language, else in the `default` one; empty where the row leaves a field empty."""
        text = self.texts.get("") or self.texts.get(language) or self.texts[default]
        if not all(fields.get(place, "").strip() for place in placeholders(text)):
            return ""
        # One pass over the template's own braces: a value that holds "{nombre}" stays as the customer typed it.
        return PLACE.sub(lambda place: " ".join(fields[place[1]].split()), text).strip()

    @property
    def font_file(self) -> str | None:
        """The template's own font, if it is one."""
        return None if self.font in ("storybook", "plain") else self.font

    def problems(self) -> Iterator[str]:
        """What in it does not fit together."""
        if not self.texts or not all(text.strip() for text in self.texts.values()):
            yield "text is empty"
        if self.to_s <= self.from_s:
            yield "to_s must be after from_s"
        elif self.fade_in_s + self.fade_out_s > self.to_s - self.from_s:
            yield "its fades last longer than it is shown"
        if self.x + self.width > 1.0001 or self.y + self.height > 1.0001:
            yield "its box reaches out of the frame"
        if self.font_file and PurePosixPath(self.font_file).suffix.lower() not in (".ttf", ".otf"):
            yield 'font must be "storybook", "plain", or a .ttf or .otf file of the template'
