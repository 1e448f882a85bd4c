"""What the parts of a template.toml are written in: paths, languages, places for fields."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

PLACE = re.compile(r"\{(\w+)\}")


def _inside(path: str) -> str:
    """A path in a template is relative to it and stays in it: a template comes from outside."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path:
        raise ValueError("must be a path inside the template's folder, written with /")
    return path


Inside = Annotated[str, AfterValidator(_inside)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


def placeholders(line: str) -> frozenset[str]:
    """The field names a script line asks for: `{nombre}` → {"nombre"}."""
    return frozenset(PLACE.findall(line))


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
