"""Encoding presets, read from resources/presets.toml and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from core.errors import JobFault, UsageError
from core.paths import resources

Even = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]
Encoder = Literal["libx264", "h264_nvenc", "h264_videotoolbox", "h264_qsv", "h264_amf"]

TIMESCALE_PER_FRAME = 512
"""Track ticks a frame lasts, in every segment: mixed time scales make a joined film of the wrong length."""

# The rates that films of a limited size are encoded at, in kbit/s: few, so that films share their segments.
_RUNGS = (4000, 2800, 2000, 1400, 1000, 700, 500, 350, 250, 180, 130, 90, 60, 40)
_SOUND_PACKETS_A_SECOND = 47


class Preset(BaseModel):
    """`gop_frames` is how many frames lie between two places where a loop may be cut.

    `max_film_mb` bounds a whole film (10⁶ bytes), whatever its length; `fitted` answers the preset that keeps to it.
    `max_kbps` (0: none) bounds any stretch of picture. `encoder` other than libx264 is used only where it works.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Mapping[str, str]
    width: Even
    height: Even
    fps: int = Field(ge=10, le=60)
    crf: int = Field(ge=0, le=51)
    # ultrafast is left out: what it writes is not High profile.
    x264_preset: Literal["superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]
    # grain keeps fine gradients and the dark of a night sky whole, for about a tenth more bytes.
    x264_tune: Literal["", "film", "animation", "grain"] = ""
    profile: Literal["main", "high"]
    level: Literal["3.1", "4.0", "4.1", "4.2", "5.0", "5.1"]
    gop_frames: int = Field(ge=1, le=250)
    audio_kbps: int = Field(ge=32, le=320)
    encoder: Encoder = "libx264"
    watermark: str = Field(default="", max_length=40)
    max_film_mb: float | None = Field(default=None, gt=0)
    max_kbps: int = Field(default=0, ge=0)

    @property
    def timescale(self) -> int:
        return self.fps * TIMESCALE_PER_FRAME

    @property
    def encoding(self) -> dict[str, object]:
        """All of it that shows in an encoded picture."""
        return self.model_dump(exclude={"title", "audio_kbps", "max_film_mb"})

    def fitted(self, frames: int, pieces: int) -> Preset:
        """This preset, at the highest rate at which a film of `frames` in `pieces` keeps to `max_film_mb`.

        Raises `JobFault` when no rate does that a picture could be seen at.
        """
        if self.max_film_mb is None:
            return self
        seconds = frames / self.fps
        sound = seconds * self.audio_kbps * 1100 / 8  # the encoder keeps to its rate only roughly
        index = 40 * frames + 20 * _SOUND_PACKETS_A_SECOND * seconds + 50_000
        kbits = (self.max_film_mb * 1e6 - sound - index) * 8 / 1000
        kbps = kbits / (seconds + pieces * self.buffer_s)
        for rung in _RUNGS:
            if rung <= kbps:
                return self.model_copy(update={"max_kbps": rung})
        raise JobFault(
            "film_too_long",
            "A film of {seconds} seconds does not fit into {megabytes} MB.",
            "Shorten the text, or choose a preset without a limit.",
            seconds=round(seconds),
            megabytes=self.max_film_mb,
        )

    @property
    def buffer_s(self) -> float:
        """How much a piece of picture may be above its rate, in seconds of that rate."""
        return 0.5


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
