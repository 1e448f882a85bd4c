"""Which H.264 encoder makes the segments, and how it is asked to. All that joining needs is decided here."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import av.error
import ffmpeg
import structlog

from core.errors import EnvironmentFault, TransientError
from core.media.ffmpeg import Limits, build, run
from core.media.mouths import MOUTH_FRAMES, TOGETHER
from core.media.packets import packet_table
from core.media.presets import Preset
from core.progress import unwatched

_log = structlog.get_logger(__name__)

_SOFTWARE = "libx264"
_TRIAL_FRAMES = 30
# What costs most and is seen least is left out. The look ahead stays: at a bounded rate it is worth 20 points of VMAF.
_QUICK = (
    "subme=1:me=dia:partitions=none:mixed-refs=0:weightp=1:trellis=0:psy=0:b-adapt=0:mbtree=0:rc-lookahead=10"
    ":deadzone-inter=6:deadzone-intra=6:aq-strength=0.2"
)
_QUICK_CRF = 0.8  # by so much coarser: the finer rounding above more than makes good for it


def usable(preset: Preset) -> Preset:
    """`preset`, with the software encoder if the hardware it asks for does not do here what joining needs."""
    if preset.encoder == _SOFTWARE or _works(preset.model_copy(update={"gop_frames": 10}).model_dump_json(), build()):
        return preset
    return preset.model_copy(update={"encoder": _SOFTWARE})


@cache
def _works(preset_json: str, _ffmpeg_build: str) -> bool:
    """Two trial encodes of different pictures: do they share their headers, and start each GOP anew?"""
    preset = Preset.model_validate_json(preset_json)
    with tempfile.TemporaryDirectory(prefix="trineo-trial-") as folder:
        try:
            tables = [
                packet_table(_trial(source, Path(folder) / f"{number}.mp4", preset))
                for number, source in enumerate(("testsrc2", "mandelbrot"))
            ]
        except (TransientError, EnvironmentFault, av.error.FFmpegError, OSError) as error:
            _log.warning("hardware encoder not used", encoder=preset.encoder, reason=str(error))
            return False
    keys = [[number for number, packet in enumerate(table.packets) if packet.is_key] for table in tables]
    sound = len({table.extradata for table in tables}) == 1
    sound = sound and keys == [list(range(0, _TRIAL_FRAMES, preset.gop_frames))] * 2
    if not sound:
        _log.warning("hardware encoder not used", encoder=preset.encoder, reason="its segments can't be joined")
    return sound


def short_gops(preset: Preset) -> dict[str, Any]:
    """Output options for GOPs of a mouth's length, whose frames can stand beside all others of `preset`.

    With libx264 they take half the time, for a few more bytes: there are nine mouths.
    """
    short = arguments(preset.model_copy(update={"gop_frames": MOUTH_FRAMES}))
    if preset.encoder != _SOFTWARE:
        return short
    quick = short | {
        "x264-params": f"{short['x264-params']}:{_QUICK}",
        "crf": min(51, preset.crf + _QUICK_CRF),
        "threads": max(1, (os.cpu_count() or 1) // TOGETHER),
    }
    for offset in (0, -2, -4):  # the fine decisions that are left out would shift it, and it stands in the headers
        tried = quick | {"x264-params": f"{quick['x264-params']}:chroma-qp-offset={offset}"}
        if _headers(arguments(preset), preset) == _headers(tried, preset):
            return tried
    return short


def _headers(options: Mapping[str, Any], preset: Preset) -> bytes:
    return _headers_of(json.dumps({**options}, sort_keys=True), preset.width, preset.height, build())


@cache
def _headers_of(options: str, width: int, height: int, _ffmpeg_build: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="trineo-trial-") as folder:
        path = Path(folder) / "trial.mp4"
        picture = ffmpeg.input(f"color=black:s={width}x{height}:r=25", f="lavfi").video.filter("format", "yuv420p")
        output = picture.output(str(path), vframes=MOUTH_FRAMES, **json.loads(options))
        run(output, duration_s=1.0, progress=unwatched, limits=Limits(60, 20))
        return packet_table(path).extradata


def _trial(source: str, path: Path, preset: Preset) -> Path:
    picture = ffmpeg.input(f"{source}=s={preset.width}x{preset.height}:r={preset.fps}", f="lavfi").video
    output = picture.filter("format", "yuv420p").output(str(path), vframes=_TRIAL_FRAMES, **arguments(preset))
    run(output, duration_s=_TRIAL_FRAMES / preset.fps, progress=unwatched, limits=Limits(60, 20))
    return path


def arguments(preset: Preset) -> dict[str, Any]:
    """FFmpeg's output options for a segment (MP4, no sound)."""
    return {
        "an": None,
        "vcodec": preset.encoder,
        **_quality(preset),
        "profile:v": preset.profile,
        "level:v": preset.level,
        "pix_fmt": "yuv420p",
        "g": preset.gop_frames,
        "flags": "+cgop",
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


def _quality(preset: Preset) -> dict[str, Any]:
    rate: dict[str, Any] = {}
    if preset.max_kbps:
        rate = {"maxrate": f"{preset.max_kbps}k", "bufsize": f"{round(preset.max_kbps * preset.buffer_s)}k"}
    match preset.encoder:
        case "libx264":
            software = {
                "preset": preset.x264_preset,
                "crf": preset.crf,
                "keyint_min": preset.gop_frames,
                "sc_threshold": 0,
                # stitchable: headers don't depend on the content, so segments share their extradata.
                "x264-params": "open-gop=0:stitchable=1:force-cfr=1",
            }
            return software | ({"tune": preset.x264_tune} if preset.x264_tune else {}) | rate
        case "h264_nvenc":
            return {"preset": "p5", "rc": "vbr", "cq": preset.crf, "b:v": 0, "no-scenecut": 1, "forced-idr": 1} | rate
        case "h264_qsv":
            return {"preset": "medium", "global_quality": preset.crf, "forced_idr": 1} | rate
        case "h264_amf":
            return {"quality": "balanced", "rc": "cqp", "qp_i": preset.crf, "qp_p": preset.crf + 2} | rate
        case "h264_videotoolbox":
            return {"q:v": max(1, 100 - 2 * preset.crf)} | rate
