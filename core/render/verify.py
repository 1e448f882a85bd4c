"""Nothing is published unverified: is the film that was joined the film that was planned?"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from core.errors import TransientError
from core.media.caption_track import read_captions
from core.media.captions import Cue
from core.media.mux import Joined, Piece
from core.media.packets import packet_table
from core.media.pcm import RATE
from core.media.presets import Preset
from core.progress import Progress
from core.render.timeline import Timeline

_PROFILES = {"high": "High", "main": "Main"}


def verify_all(film: Path, timeline: Timeline, progress: Progress) -> None:
    """Decodes every frame of the picture (`--verify full`): takes seconds where `verify` takes a moment.

    Raises `TransientError` (code `film_unsound`).
    """
    decoded = 0
    try:
        with av.open(str(film)) as container:
            for _ in container.decode(container.streams.video[0]):
                decoded += 1
                if decoded % 25 == 0:
                    progress(min(1.0, decoded / timeline.frames))
    except av.error.FFmpegError as error:
        raise _unsound([f"its picture can't be decoded ({error.strerror}) after frame {decoded}"]) from error
    if decoded != timeline.frames:
        raise _unsound([f"{decoded} frames can be decoded instead of {timeline.frames}"])


def verify(
    film: Path,
    timeline: Timeline,
    joined: Joined,
    pieces: Sequence[Piece],
    preset: Preset,
    captions: Sequence[Cue] = (),
) -> None:
    """Raises `TransientError` (code `film_unsound`) naming everything that is not as promised.

    `captions` are those it has as a track.

    The picture is not decoded again: its packets must be, byte for byte, those of segments that were decoded
    when they were made. The sound, which is this film's own, is decoded whole.
    """
    try:
        problems = _problems(film, timeline, joined, pieces, preset)
        problems += _caption_problems(film, captions) if captions else []
        if not moov_first(film):
            problems.append("its index does not come first")
        if preset.max_film_mb is not None and film.stat().st_size > preset.max_film_mb * 1e6:
            problems.append(f"{film.stat().st_size / 1e6:.1f} MB instead of at most {preset.max_film_mb}")
    except av.error.FFmpegError as error:
        problems = [f"it can't be read ({error.strerror})"]
    if problems:
        raise _unsound(problems)


def _unsound(problems: Sequence[str]) -> TransientError:
    return TransientError(
        "film_unsound",
        "The finished film failed its check and was thrown away: {problems}.",
        "It is made again by itself.",
        problems="; ".join(problems),
    )


def _problems(film: Path, timeline: Timeline, joined: Joined, pieces: Sequence[Piece], preset: Preset) -> list[str]:
    with av.open(str(film)) as container:
        if not container.streams.video:
            return ["it has no picture"]
        if not container.streams.audio:
            return ["it has no sound"]
        found = _Contents.of(container)
        return [
            *_header_problems(container.streams.video[0], pieces, preset),
            *_packet_problems(found, timeline, joined),
            *_cut_problems(pieces),
            *_sound_problems(found.samples / container.streams.audio[0].rate, timeline),
        ]


@dataclass(slots=True)
class _Contents:
    """What one reading of the film finds. `shown` holds presentation times as they come."""

    crc: int = 0
    last_dts: int = -(1 << 62)
    rising: bool = True
    shown: list[int] = field(default_factory=list)
    samples: int = 0

    @classmethod
    def of(cls, container: InputContainer) -> _Contents:
        found = cls()
        for packet in container.demux():
            if isinstance(packet.stream, AudioStream):
                found.samples += sum(frame.samples for frame in packet.decode() if isinstance(frame, AudioFrame))
            elif packet.size and packet.stream.type == "video":
                assert packet.dts is not None
                assert packet.pts is not None
                found.crc = zlib.crc32(memoryview(packet), found.crc)
                found.rising = found.rising and packet.dts > found.last_dts
                found.last_dts = packet.dts
                found.shown.append(packet.pts)
        return found


def _header_problems(video: VideoStream, pieces: Sequence[Piece], preset: Preset) -> list[str]:
    context = video.codec_context
    color = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
    headers = {packet_table(piece.path).extradata for piece in pieces}
    facts = {
        "size": ((context.width, context.height), (preset.width, preset.height)),
        "profile": (context.profile, _PROFILES[preset.profile]),
        "pixel format": (context.pix_fmt, "yuv420p"),
        "colour tags": (tuple(map(int, color)), (1, 1, 1, 1)),
        "frame rate": (video.average_rate, preset.fps),
        "headers": ({bytes(context.extradata or b"")}, headers),
    }
    return [f"{name} {found} instead of {meant}" for name, (found, meant) in facts.items() if found != meant]


def _packet_problems(found: _Contents, timeline: Timeline, joined: Joined) -> list[str]:
    shown = sorted(found.shown)
    steps = {later - earlier for earlier, later in itertools.pairwise(shown)}
    problems = [] if len(shown) == timeline.frames else [f"{len(shown)} frames instead of {timeline.frames}"]
    problems += [] if found.crc == joined.crc else ["its picture is not what was copied into it"]
    problems += [] if found.rising else ["its decoding times do not rise"]
    problems += [] if len(steps) <= 1 and shown[:1] == [0] else ["its frames are not evenly spaced from 0"]
    return problems


def _cut_problems(pieces: Sequence[Piece]) -> list[str]:
    """A piece that is no whole GOPs has the right packets and shows wrong pictures."""
    broken = [piece for piece in pieces if not packet_table(piece.path).is_whole(piece.first, piece.frames)]
    return [f"{len(broken)} of its pieces are cut within a GOP"] if broken else []


def _sound_problems(seconds: float, timeline: Timeline) -> list[str]:
    if abs(seconds - timeline.seconds) > 1 / timeline.fps + 1024 / RATE:
        return [f"sound of {seconds:.3f} s beside a picture of {timeline.seconds:.3f} s"]
    return []


def _caption_problems(film: Path, captions: Sequence[Cue]) -> list[str]:
    with av.open(str(film)) as container:
        found = read_captions(container)
    meant = [(round(cue.start_s * 1000), round(cue.end_s * 1000), cue.text) for cue in captions]
    return [] if found == meant else ["its captions are not those that were put into it"]


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
