"""A looping section's mouths as template.toml names them: a small clip for each shape, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from core.media.mouths import Shape
from core.template.terms import Frozen, Inside

_NEEDED: tuple[Shape, ...] = ("A", "B", "C", "D", "E", "F")
_INSTEAD: Mapping[Shape, Shape] = {"G": "A", "H": "C"}  # as Rhubarb Lip Sync replaces them


class Mouths(Frozen):
    """The clips are cut from the loop's frame, their upper left corner at (`x`, `y`) of its pixels, and as long as it.

    G and H may be missing, and X: then the loop itself is the mouth at rest.
    """

    x: int = Field(ge=0, multiple_of=2)
    y: int = Field(ge=0, multiple_of=2)
    clips: Mapping[Shape, Inside]

    def problems(self, *, loops: bool) -> Iterator[str]:
        if not loops:
            yield "only a section that loops can have mouths"
        for shape in _NEEDED:
            if shape not in self.clips:
                yield f"mouth {shape} is missing"

    def clip(self, shape: Shape) -> str | None:
        """The file that shows it, inside the template's folder; None: the loop itself does."""
        return self.clips.get(shape) or self.clips.get(_INSTEAD.get(shape, shape))
