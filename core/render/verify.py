"""Nothing is published unverified: is the film that was joined the film that was planned?"""

from __future__ import annotations

import itertools
import zlib
from pathlib import Path

import av
import av.error

from core.errors import TransientError
from core.media.mux import Joined
from core.media.presets import Preset
from core.media.probe import probe
from core.render.timeline import Timeline

_PROFILES = {"high": "High", "main": "Main"}


def verify(film: Path, timeline: Timeline, joined: Joined, extradata: bytes, preset: Preset) -> None:
    """Raises `TransientError` (code `film_unsound`) naming everything that is not as promised.

    The picture is not decoded again: its packets must be, byte for byte, those of segments that were decoded
    when they were made. The sound, which is this film's own, is decoded whole.
    """
    try:
        problems = [
            *_picture_problems(film, timeline, extradata, preset),
            *_packet_problems(film, joined),
            *_sound_problems(film, timeline),
        ]
        if not moov_first(film):
            problems.append("its index does not come first")
    except av.error.FFmpegError as error:
        problems = [f"it can't be read ({error.strerror})"]
    if problems:
        raise TransientError(
            "film_unsound",
            "The finished film failed its check and was thrown away: {problems}.",
            "It is made again by itself.",
            problems="; ".join(problems),
        )


def _picture_problems(film: Path, timeline: Timeline, extradata: bytes, preset: Preset) -> list[str]:
    video = probe(film).video
    if video is None:
        return ["it has no picture"]
    facts = {
        "frames": (video.frames, timeline.frames),
        "size": ((video.width, video.height), (preset.width, preset.height)),
        "profile": (video.profile, _PROFILES[preset.profile]),
        "pixel format": (video.pix_fmt, "yuv420p"),
        "colour tags": (video.color, (1, 1, 1, 1)),
        "frame rate": (video.frame_rate, preset.fps),
        "headers": (video.extradata, extradata),
    }
    return [f"{name} {found} instead of {meant}" for name, (found, meant) in facts.items() if found != meant]


def _packet_problems(film: Path, joined: Joined) -> list[str]:
    crc = 0
    last_dts: int | None = None
    shown: list[int] = []
    rising = True
    with av.open(str(film)) as container:
        for packet in container.demux(container.streams.video[0]):
            if not packet.size:
                continue
            crc = zlib.crc32(memoryview(packet), crc)
            assert packet.dts is not None
            assert packet.pts is not None
            rising = rising and (last_dts is None or packet.dts > last_dts)
            last_dts = packet.dts
            shown.append(packet.pts)
    shown.sort()
    steps = {later - earlier for earlier, later in itertools.pairwise(shown)}
    problems = [] if crc == joined.crc else ["its picture is not what was copied into it"]
    problems += [] if rising else ["its decoding times do not rise"]
    problems += [] if len(steps) <= 1 and shown[:1] == [0] else ["its frames are not evenly spaced from 0"]
    return problems


def _sound_problems(film: Path, timeline: Timeline) -> list[str]:
    with av.open(str(film)) as container:
        if not container.streams.audio:
            return ["it has no sound"]
        stream = container.streams.audio[0]
        samples = sum(frame.samples for frame in container.decode(stream))
        seconds = samples / stream.rate
    if abs(seconds - timeline.seconds) > 1 / timeline.fps + 1024 / stream.rate:
        return [f"sound of {seconds:.3f} s beside a picture of {timeline.seconds:.3f} s"]
    return []


def moov_first(film: Path) -> bool:
    """Whether the MP4's index stands before its media, so that it plays while it is still being sent."""
    with film.open("rb") as file:
        while header := file.read(8):
            size, kind = int.from_bytes(header[:4], "big"), header[4:]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            if size == 1:
                size = int.from_bytes(file.read(8), "big")
                file.seek(size - 16, 1)
            elif size < 8:
                return False
            else:
                file.seek(size - 8, 1)
    return False
