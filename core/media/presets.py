"""Encoding presets, read from resources/presets.toml and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from core.errors import UsageError
from core.paths import resources

Even = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]

TIMESCALE_PER_FRAME = 512
"""Track ticks a frame lasts, in every segment: mixed time scales make a joined film of the wrong length."""


class Preset(BaseModel):
    """`gop_frames` is how many frames lie between two places where a loop may be cut."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Mapping[str, str]
    width: Even
    height: Even
    fps: int = Field(ge=10, le=60)
    crf: int = Field(ge=0, le=51)
    # ultrafast is left out: what it writes is not High profile.
    x264_preset: Literal["superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]
    profile: Literal["main", "high"]
    level: Literal["3.1", "4.0", "4.1", "4.2", "5.0", "5.1"]
    gop_frames: int = Field(ge=1, le=250)
    audio_kbps: int = Field(ge=32, le=320)

    @property
    def timescale(self) -> int:
        return self.fps * TIMESCALE_PER_FRAME


@cache
def presets() -> Mapping[str, Preset]:
    text = (resources() / "presets.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Preset]).validate_python(tomllib.loads(text))


def find_preset(name: str) -> Preset:
    """Raises `UsageError` that lists the presets there are."""
    try:
        return presets()[name]
    except KeyError:
        raise UsageError(
            "preset_unknown",
            "There is no preset called {name}.",
            "Use one of these: {known}.",
            name=name,
            known=", ".join(presets()),
        ) from None
