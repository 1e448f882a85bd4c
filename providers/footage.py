"""The message clip as a lip-sync service takes it: as long as the speech, and no larger than it may be."""

from __future__ import annotations

from pathlib import Path

import ffmpeg

from core.media.ffmpeg import run
from core.media.probe import film_seconds
from core.progress import Progress

_SPARE_S = 0.2
_FRAME_S = 0.05
_THREADS = 1  # with a bounded rate, more make another picture each time; a request made again must be the same
_SHARE = 0.9  # of the size, for the picture; rates are kept on average only


def footage(clip: Path, seconds: float, folder: Path, progress: Progress, *, max_bytes: int) -> Path:
    """`clip` itself if it will do; else one made of it in `folder`: MP4, H.264, without sound, begun anew when it ends.

    Raises what FFmpeg's faults are told as.
    """
    if clip.stat().st_size <= max_bytes and clip.suffix.lower() == ".mp4" and film_seconds(clip) >= seconds - _FRAME_S:
        return clip
    destination = folder / "clip.mp4"
    seconds += _SPARE_S
    most_kbps = int(max_bytes * _SHARE * 8 / (seconds + 1) / 1000)  # the buffer's second may come on top
    stream = ffmpeg.input(str(clip), stream_loop=-1).video
    output = stream.output(
        str(destination),
        t=f"{seconds:.3f}",
        vcodec="libx264",
        preset="veryfast",
        crf=18,
        maxrate=f"{most_kbps}k",
        bufsize=f"{most_kbps}k",
        pix_fmt="yuv420p",
        threads=_THREADS,
        map_metadata=-1,
        fflags="+bitexact",
        movflags="+faststart",
        f="mp4",
    )
    run(output, duration_s=seconds, progress=progress)
    return destination
