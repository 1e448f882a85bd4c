"""Text on picture: what stands where, in which letters, on which frames. Drawn by libass (core/media/ass.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.media.font import read_font
from core.media.source import file_hash
from core.paths import resources

Align = Literal["left", "center", "right"]

STORYBOOK, PLAIN = "Trineo Storybook", "Trineo Plain"
"""The families of the fonts that come with Trineo (packaging/make_fonts.py)."""


def bundled_fonts() -> Path:
    return resources() / "fonts" / "cards"


@dataclass(frozen=True, slots=True)
class Letters:
    """A typeface: a family, or a style of it, out of the fonts in a folder."""

    folder: Path
    family: str
    weight: int = 400
    italic: bool = False

    @classmethod
    def of_file(cls, path: Path) -> Letters:
        """Raises `JobFault`: no font."""
        font = read_font(path)
        return cls(path.parent, font.family, font.weight, font.italic)


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is drawn. Colours are RRGGBB; all lengths are shares of a line's height.

    `color` at the top of the letters runs into `color_below` at their foot. `outline`: how wide its edge is. `shadow`:
    how far it falls, `shadow_blur` how softly; `shadow_alpha` 0 is none.
    """

    letters: Letters
    color: str = "FFFFFF"
    color_below: str = ""
    outline: float = 0.0
    outline_color: str = "000000"
    shadow: float = 0.0
    shadow_blur: float = 0.0
    shadow_color: str = "000000"
    shadow_alpha: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """In pixels of the film, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Title:
    """A text on the frames from `first` to before `end` of a picture.

    Where it is too large for its box it is broken into at most `lines` lines and made smaller; what has line feeds of
    its own keeps them, and is not broken further. `size` is the most that a line may be high, in pixels; fades are in
    seconds.
    """

    text: str = field(repr=False)
    look: Look
    box: Box
    size: float
    first: int
    end: int
    align: Align = "center"
    lines: int = 1
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0
    fitted: bool = True  # False: it is known to fit

    def recipe(self) -> Any:
        """All that shows in a frame, as plain values; fonts by their content."""
        letters, look = self.look.letters, self.look
        drawn = [getattr(look, name) for name in Look.__slots__ if name != "letters"]
        fonts = [file_hash(path) for path in font_files(letters.folder)]
        box = [self.box.left, self.box.top, self.box.width, self.box.height]
        rest = [getattr(self, name) for name in Title.__slots__ if name not in ("look", "box")]
        return [fonts, letters.family, letters.weight, letters.italic, drawn, box, rest]


def font_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in (".ttf", ".otf"))
