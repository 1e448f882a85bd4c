"""House picture: any clip's frames in the film's size, shape and colour."""

from __future__ import annotations

from typing import Any

from core.media.clip import ClipInfo
from core.media.presets import Preset
from core.paths import resources

_WATERMARK_FONT = "fonts/Inter-SemiBold.otf"


def house_picture(video: Any, preset: Preset, info: ClipInfo, *, keep_alpha: bool = False) -> Any:
    """Scaled to cover the frame (Lanczos), the overhang cropped evenly, converted to 8-bit BT.709.

    HDR is brought down to what any screen shows. What is transparent is black, unless the alpha is kept for
    an overlay.
    """
    if info.hdr:
        video = _standard_range(video)
    if info.has_alpha and not keep_alpha:
        video = _on_black(video)
    video = video.filter(
        "scale",
        preset.width,
        preset.height,
        force_original_aspect_ratio="increase",
        flags="lanczos+accurate_rnd+full_chroma_int",
        out_color_matrix="bt709",
        out_range="tv",
    )
    video = video.filter("crop", preset.width, preset.height).filter("setsar", 1)
    video = video.filter("format", "yuva420p" if keep_alpha else "yuv420p")
    # Tags given to the encoder alone are overridden by the frames' own.
    return video.filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")


def _standard_range(video: Any) -> Any:
    video = video.filter("zscale", transfer="linear", npl=100).filter("format", "gbrpf32le")
    video = video.filter("zscale", primaries="bt709").filter("tonemap", "hable", desat=0)
    video = video.filter("zscale", transfer="bt709", matrix="bt709", range="tv").filter("format", "yuv420p")
    return video.filter("limiter", min=16, max=235, planes=1)  # what is brighter than any screen is white


def _on_black(video: Any) -> Any:
    """Straight alpha multiplied in; the alpha itself is then nothing but in the way."""
    return video.filter("format", "gbrap").filter("premultiply", inplace=1).filter("format", "gbrp")


def watermarked(video: Any, preset: Preset) -> Any:
    """With the preset's watermark across it, if it has one."""
    if not preset.watermark:
        return video
    return video.filter(
        "drawtext",
        text=preset.watermark,
        expansion="none",
        fontfile=str(resources() / _WATERMARK_FONT),
        fontsize=preset.width // 6,
        fontcolor="white@0.35",
        borderw=2,
        bordercolor="black@0.25",
        x="(w-text_w)/2",
        y="h*0.08",
    )
