"""Picture in, house-profile segments out. Every segment of a preset can be joined to every other one.

What must be equal for that (extradata, size, SAR, colour, time base, constant rate, closed GOPs that start
with an IDR frame) is decided here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from core.media.ffmpeg import run
from core.media.presets import Preset
from core.progress import Progress


@dataclass(frozen=True, slots=True)
class Cut:
    """Frames of a clip, counted at the preset's rate: each (first, end) span in turn, `end` not included.

    Two spans say that the cut runs over a loop's seam.
    """

    clip: Path
    spans: tuple[tuple[int, int], ...]

    @property
    def frames(self) -> int:
        return sum(end - first for first, end in self.spans)


@dataclass(frozen=True, slots=True)
class Dissolve:
    """`before` fading into `after`; both are as long as the dissolve."""

    before: Cut
    after: Cut

    @property
    def frames(self) -> int:
        return self.before.frames


Picture = Cut | Dissolve


def encode(picture: Picture, destination: Path, preset: Preset, progress: Progress) -> None:
    """Writes `picture` to `destination` (MP4, no sound) as closed GOPs of `preset.gop_frames`."""
    stream = _frames(picture, preset) if isinstance(picture, Cut) else _dissolved(picture, preset)
    output = stream.output(str(destination), **_arguments(preset))
    run(output, duration_s=picture.frames / preset.fps, progress=progress)


def _frames(cut: Cut, preset: Preset, place: int = 0) -> Any:
    """The cut's frames in house picture: trimmed first, so that only what is kept is scaled."""
    # ffmpeg-python takes two inputs that are alike for one; a queue size of its own keeps each apart.
    video = ffmpeg.input(str(cut.clip), thread_queue_size=8 + place).video.filter("fps", preset.fps)
    if len(cut.spans) == 1:
        joined = _span(video, cut.spans[0])
    else:
        copies = video.filter_multi_output("split", len(cut.spans))
        spans = (_span(copies[place], span) for place, span in enumerate(cut.spans))
        joined = ffmpeg.concat(*spans, v=1, a=0).filter("fps", preset.fps)
    return _house_picture(joined, preset)


def _span(video: Any, span: tuple[int, int]) -> Any:
    trimmed = video.filter("trim", start_frame=span[0], end_frame=span[1])
    return trimmed.filter("setpts", "PTS-STARTPTS")


def _house_picture(video: Any, preset: Preset) -> Any:
    """Scaled to cover the frame (Lanczos), the overhang cropped evenly, converted to BT.709."""
    video = video.filter(
        "scale",
        preset.width,
        preset.height,
        force_original_aspect_ratio="increase",
        flags="lanczos+accurate_rnd+full_chroma_int",
        out_color_matrix="bt709",
        out_range="tv",
    )
    video = video.filter("crop", preset.width, preset.height).filter("setsar", 1).filter("format", "yuv420p")
    # Tags given to the encoder alone are overridden by the frames' own.
    return video.filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")


def _dissolved(dissolve: Dissolve, preset: Preset) -> Any:
    before, after = _frames(dissolve.before, preset, 0), _frames(dissolve.after, preset, 1)
    seconds = f"{dissolve.frames / preset.fps:.6f}"
    return ffmpeg.filter([before, after], "xfade", transition="fade", duration=seconds, offset=0)


def _arguments(preset: Preset) -> dict[str, Any]:
    return {
        "an": None,
        "vcodec": "libx264",
        "preset": preset.x264_preset,
        "crf": preset.crf,
        "profile:v": preset.profile,
        "level:v": preset.level,
        "pix_fmt": "yuv420p",
        "g": preset.gop_frames,
        "keyint_min": preset.gop_frames,
        "sc_threshold": 0,
        "flags": "+cgop",
        # stitchable: headers don't depend on the content, so segments share their extradata.
        "x264-params": "open-gop=0:stitchable=1:force-cfr=1",
        "r": preset.fps,
        "fps_mode": "cfr",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "colorspace": "bt709",
        "color_range": "tv",
        "video_track_timescale": preset.timescale,
        "map_metadata": -1,
        "f": "mp4",
    }
