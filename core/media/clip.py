"""What kind of clip a studio delivered, as far as it matters for turning it into house picture."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import av.error

from core.errors import JobFault
from core.progress import Progress

_HDR_TRANSFERS = {16: "PQ", 18: "HLG"}
_VP9_DECODER = "libvpx-vp9"  # FFmpeg's own drops the alpha
_TOLERANCE_S = 0.25


@dataclass(frozen=True, slots=True)
class ClipInfo:
    """`shown_s` is from the first frame to the end of the last. `decoder` is empty where FFmpeg's choice is right;
    `pixels` is its pixel format by FFmpeg's name.

    `hdr` is `PQ`, `HLG` or empty; `rotation` is in degrees, counter-clockwise; `steady`: every frame lasts as long.
    """

    codec: str
    width: int
    height: int
    frames: int
    rate: Fraction
    shown_s: float
    steady: bool
    has_alpha: bool
    decoder: str
    pixels: str
    hdr: str
    rotation: int

    def frames_at(self, fps: int) -> int:
        """How many frames it has when it is shown at `fps` a second."""
        if self.steady and math.isclose(self.rate, fps):
            return self.frames
        # FFmpeg's fps filter rounds each frame to the nearest place; the last frame may fall off the end.
        return math.floor(self.shown_s * fps + 1e-6)


def clip_info(path: Path) -> ClipInfo:
    """Raises `JobFault` by the clip's name: missing, unreadable, without picture, broken off.

    Remembered as long as the file stays as it is.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise JobFault(
            "clip_missing",
            "The clip {file} of the template can't be read: {reason}.",
            "Put the template's files back, then retry.",
            file=path.name,
            reason=error.strerror or "unknown",
        ) from error
    return _read(path, status.st_mtime_ns, status.st_size)


def check_decodes(path: Path, progress: Progress) -> None:
    """Decodes every frame. Raises `JobFault` by the clip's name if it can't be done."""
    decoded, reason = 0, ""
    promised = clip_info(path).frames
    try:
        with av.open(str(path)) as container:
            for frame in container.decode(container.streams.video[0]):
                decoded += not frame.is_corrupt
                progress(0.0)
    except av.error.FFmpegError as error:
        reason = str(error.strerror)
    if reason or decoded < promised:
        raise JobFault(
            "clip_damaged",
            "The clip {file} of the template is damaged: only {decoded} of its {promised} frames can be decoded.",
            "Copy it again from where it was made, then retry.",
            detail=reason,
            file=path.name,
            decoded=decoded,
            promised=promised,
        )


@lru_cache(maxsize=512)
def _read(path: Path, _mtime_ns: int, _size: int) -> ClipInfo:
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise _without_picture(path)
            return _examine(path, container)
    except (av.error.FFmpegError, ValueError) as error:
        raise JobFault(
            "media_unreadable",
            "The file {file} can't be read as film or sound: {reason}.",
            "Put a working file in its place.",
            file=path.name,
            reason=str(error.strerror if isinstance(error, av.error.FFmpegError) else error),
        ) from error


def _examine(path: Path, container: av.container.InputContainer) -> ClipInfo:
    stream = container.streams.video[0]
    frame = next(container.decode(stream), None)  # transfer and rotation are sure only in a frame
    if frame is None:
        raise _without_picture(path)
    container.seek(0)
    base = stream.time_base or Fraction(1, 1)
    times = sorted(
        (packet.pts, packet.duration or 0)
        for packet in container.demux(stream)
        if packet.size and packet.pts is not None
    )
    rate = Fraction(stream.average_rate or 0)
    if not times or not rate:
        raise _without_picture(path)
    last, duration = times[-1]
    shown = (last - times[0][0] + (duration or round(1 / (rate * base)))) * base
    _check_whole(path, container, stream, len(times), float(shown))
    steps = {later[0] - earlier[0] for earlier, later in itertools.pairwise(times)}
    context = stream.codec_context
    vp9_alpha = context.name in ("vp9", _VP9_DECODER) and stream.metadata.get("alpha_mode") == "1"
    return ClipInfo(
        codec=context.name,
        width=context.width,
        height=context.height,
        frames=len(times),
        rate=rate,
        shown_s=float(shown),
        steady=max(steps, default=1) - min(steps, default=1) <= max(1, round(0.002 / base)),
        has_alpha=vp9_alpha or any(component.is_alpha for component in av.VideoFormat(frame.format.name).components),
        decoder=_VP9_DECODER if vp9_alpha else "",
        pixels=str(frame.format.name),
        hdr=_HDR_TRANSFERS.get(int(frame.color_trc or context.color_trc), ""),
        rotation=int(frame.rotation) % 360,
    )


def _check_whole(
    path: Path, container: av.container.InputContainer, stream: av.VideoStream, frames: int, shown_s: float
) -> None:
    """A file that was cut off while it was copied has fewer frames than its head promises, or ends sooner."""
    promised_s = (container.duration or 0) / av.time_base
    if stream.frames:
        broken = frames < stream.frames
    else:  # no count in the head; the length is the picture's only where there is nothing else
        broken = not container.streams.audio and promised_s - shown_s > max(_TOLERANCE_S, 0.05 * promised_s)
    if broken:
        raise JobFault(
            "clip_truncated",
            "The clip {file} of the template breaks off after {seconds} seconds.",
            "Copy it again from where it was made, then retry.",
            file=path.name,
            seconds=round(shown_s, 1),
        )


def _without_picture(path: Path) -> JobFault:
    return JobFault(
        "clip_without_picture",
        "The clip {file} of the template holds no picture.",
        "Put a working clip in its place, then retry.",
        file=path.name,
    )
