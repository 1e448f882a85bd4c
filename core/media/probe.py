"""What is in a media file, read with PyAV in this process (8 ms; the FFmpeg wheel has no ffprobe)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.error

from core.errors import JobFault


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """`frames` is counted from the packets, not read from the header."""

    codec: str
    width: int
    height: int
    pix_fmt: str
    profile: str
    frame_rate: Fraction
    frames: int
    extradata: bytes
    b_frames: bool
    color: tuple[int, int, int, int]  # primaries, transfer, matrix, range (ISO/IEC 23091-2 numbers)
    duration_s: float


@dataclass(frozen=True, slots=True)
class AudioInfo:
    codec: str
    rate: int
    channels: int
    duration_s: float


@dataclass(frozen=True, slots=True)
class MediaInfo:
    path: Path
    video: VideoInfo | None
    audio: AudioInfo | None


def probe(path: Path) -> MediaInfo:
    """Raises `JobFault` (code `media_unreadable`) if it is no media file or is damaged at its head."""
    try:
        with av.open(str(path)) as container:
            video = container.streams.video[0] if container.streams.video else None
            audio = container.streams.audio[0] if container.streams.audio else None
            return MediaInfo(
                path,
                _video(container, video) if video else None,
                _audio(audio) if audio else None,
            )
    except (av.error.FFmpegError, ValueError) as error:
        raise JobFault(
            "media_unreadable",
            "The file {file} can't be read as film or sound: {reason}.",
            "Put a working file in its place.",
            file=path.name,
            reason=str(error.strerror if isinstance(error, av.error.FFmpegError) else error),
        ) from error


def film_seconds(path: Path) -> float:
    """How long the picture of a film lasts. Raises as `probe`."""
    video = probe(path).video
    return video.duration_s if video else 0.0


def _video(container: av.container.InputContainer, stream: av.VideoStream) -> VideoInfo:
    frames = sum(1 for packet in container.demux(stream) if packet.size)
    context = stream.codec_context
    rate = stream.average_rate or Fraction(0)
    return VideoInfo(
        codec=context.name,
        width=context.width,
        height=context.height,
        pix_fmt=context.pix_fmt or "",
        profile=context.profile or "",
        frame_rate=Fraction(rate),
        frames=frames,
        extradata=bytes(context.extradata or b""),
        b_frames=bool(context.has_b_frames),
        color=(
            int(context.color_primaries),
            int(context.color_trc),
            int(context.colorspace),
            int(context.color_range),
        ),
        duration_s=float(frames / rate) if rate else 0.0,
    )


def _audio(stream: av.AudioStream) -> AudioInfo:
    seconds = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    return AudioInfo(stream.codec_context.name, stream.rate, stream.channels, seconds)
