"""Joining encoded segments and a sound track into one MP4 by copying packets. Nothing is encoded here."""

from __future__ import annotations

import errno
import heapq
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from core.errors import TransientError
from core.media.ffmpeg import disk_full
from core.media.presets import TIMESCALE_PER_FRAME
from core.progress import Progress

MediaPacket: TypeAlias = "Packet[VideoStream] | Packet[AudioStream]"


@dataclass(frozen=True, slots=True)
class Piece:
    """The first `frames` frames of an encoded segment; `frames` ends on a GOP boundary or at its end."""

    path: Path
    frames: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What was written: `frames` video packets whose bytes have this running CRC-32."""

    frames: int
    crc: int


def join(pieces: Sequence[Piece], sound: Path, destination: Path, progress: Progress, *, comment: str = "") -> Joined:
    """Copies the packets of `pieces`, end to end, and of `sound`'s audio into `destination`, `moov` first.

    Every frame keeps its exact place: frame n of the film is shown at n / rate seconds.
    """
    try:
        return _join(pieces, sound, destination, progress, comment)
    except av.error.FFmpegError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(destination.parent) from error
        raise TransientError(
            "join_failed",
            "The film's parts could not be joined: {reason}.",
            "It is tried again by itself.",
            reason=error.strerror or "unknown",
        ) from error


def _join(pieces: Sequence[Piece], sound: Path, destination: Path, progress: Progress, comment: str) -> Joined:
    total = sum(piece.frames for piece in pieces)
    options = {"movflags": "+faststart", "video_track_timescale": str(_timescale(pieces[0].path))}
    with (
        av.open(str(destination), "w", format="mp4", options=options) as output,
        av.open(str(sound)) as sound_input,
        av.open(str(pieces[0].path)) as first,
    ):
        video = output.add_stream_from_template(first.streams.video[0])
        video.time_base = first.streams.video[0].time_base
        audio = output.add_stream_from_template(sound_input.streams.audio[0])
        if comment:
            output.metadata["comment"] = comment
        written = crc = 0
        both = heapq.merge(
            (_Timed.of(packet) for packet in _video_packets(pieces)),
            (_Timed.of(packet) for packet in _audio_packets(sound_input)),
        )
        for timed in both:
            packet = timed.packet
            if packet.stream.type == "video":
                crc = zlib.crc32(memoryview(packet), crc)
                written += 1
                packet.stream = video
                if written % 50 == 0:
                    progress(written / total)
            else:
                packet.stream = audio
            output.mux(packet)
    progress(1.0)
    return Joined(written, crc)


@dataclass(frozen=True, order=True, slots=True)
class _Timed:
    seconds: Fraction
    kind: str
    packet: MediaPacket

    @classmethod
    def of(cls, packet: MediaPacket) -> _Timed:
        assert packet.dts is not None
        assert packet.time_base is not None
        return cls(packet.dts * packet.time_base, packet.stream.type, packet)


def _timescale(segment: Path) -> int:
    with av.open(str(segment)) as container:
        base = container.streams.video[0].time_base
        assert base is not None
        return int(base.denominator)


def _video_packets(pieces: Iterable[Piece]) -> Iterator[MediaPacket]:
    """In decoding order, times shifted to the piece's place. A closed GOP's packets stand together."""
    before = 0
    for piece in pieces:
        with av.open(str(piece.path)) as container:
            for count, packet in enumerate(_filled(container)):
                if count == piece.frames:
                    break
                shift = before * TIMESCALE_PER_FRAME
                assert packet.pts is not None
                assert packet.dts is not None
                packet.pts += shift
                packet.dts += shift
                yield packet
        before += piece.frames


def _filled(container: InputContainer) -> Iterator[MediaPacket]:
    return (packet for packet in container.demux(container.streams.video[0]) if packet.size)


def _audio_packets(container: InputContainer) -> Iterator[MediaPacket]:
    return (packet for packet in container.demux(container.streams.audio[0]) if packet.size)
