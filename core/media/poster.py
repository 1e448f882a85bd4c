"""A film's poster: one frame as a small JPEG, for a list or a tooltip."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import av.error

from core.errors import TransientError

_LONGER_SIDE = 640


def write_poster(segment: Path, destination: Path, *, longer_side: int = _LONGER_SIDE) -> None:
    """Writes the first frame of `segment`, at most `longer_side` pixels on its longer side. Raises `TransientError`."""
    try:
        with av.open(str(segment)) as container:
            frame = next(container.decode(container.streams.video[0]))
        scale = min(1.0, longer_side / max(frame.width, frame.height))
        width, height = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
        # JPEG is full range: a picture left in limited range would look washed out.
        full = frame.reformat(width, height, "yuvj420p", dst_color_range="JPEG")
        full.pts = 0
        encoder = av.CodecContext.create("mjpeg", "w")
        encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
        encoder.time_base = Fraction(1, 25)
        encoder.options = {"qmin": "3", "qmax": "3"}
        destination.write_bytes(b"".join(bytes(packet) for packet in [*encoder.encode(full), *encoder.encode(None)]))
    except (av.error.FFmpegError, StopIteration) as error:
        raise TransientError(
            "poster_failed",
            "The picture for the list could not be made.",
            "It is tried again by itself.",
            detail=str(error),
        ) from error
