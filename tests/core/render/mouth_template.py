"""A small template whose mouths can be told apart: each is a square of a grey of its own on the loop."""

from __future__ import annotations

from pathlib import Path

from core.media.mouths import SHAPES, Shape
from tests.conftest import make_clip, make_tiny_template

BOX = (20, 64, 48, 40)
"""x, y, width, height."""
GREYS: dict[Shape, int] = {shape: 10 + 24 * place for place, shape in enumerate(SHAPES) if shape != "X"}

_MOUTHS = f"""
[sections.mouths]
x = {BOX[0]}
y = {BOX[1]}
[sections.mouths.clips]
"""


def make_mouthed_template(folder: Path, *, without: tuple[Shape, ...] = ("X",)) -> Path:
    """As `make_tiny_template`; the mouths' frames don't get brighter, the loop's do."""
    make_tiny_template(folder)
    for shape, grey in GREYS.items():
        make_mouth(folder / "clips" / f"mouth-{shape}.mp4", 60, grey)
    toml = folder / "template.toml"
    clips = [f'{shape} = "clips/mouth-{shape}.mp4"' for shape in SHAPES if shape not in without]
    text = toml.read_text(encoding="utf-8")
    marked = text.index('[[sections]]\nname = "outro"')
    toml.write_text(text[:marked] + _MOUTHS + "\n".join(clips) + "\n" + text[marked:], encoding="utf-8")
    return folder


def make_mouth(path: Path, frames: int, grey: int, *, size: str = f"{BOX[2]}x{BOX[3]}") -> None:
    """Its frames get brighter as slowly as the loop's, by one each, so that a frame too early or late shows."""
    path.unlink(missing_ok=True)
    make_clip(path, frames, grey, size=size)
