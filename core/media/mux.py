"""Joining encoded segments and a sound track into one MP4 by copying packets. Nothing is encoded here."""

from __future__ import annotations

import errno
import heapq
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from core.errors import TransientError
from core.media.caption_track import caption_packets
from core.media.captions import Cue
from core.media.packets import packet_table
from core.media.presets import TIMESCALE_PER_FRAME
from core.progress import Progress
from core.storage.cache import disk_full


@dataclass(frozen=True, slots=True)
class Piece:
    """`frames` frames of an encoded segment from its frame `first` on; both ends are GOP boundaries, or its end."""

    path: Path
    frames: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """What was written: `frames` video packets whose bytes have this running CRC-32."""

    frames: int
    crc: int


def join(
    pieces: Sequence[Piece],
    sound: Path,
    destination: Path,
    progress: Progress,
    *,
    comment: str = "",
    captions: Sequence[Cue] = (),
    language: str = "",
) -> Joined:
    """Copies the packets of `pieces`, end to end, and of `sound`'s audio into `destination`, `moov` first.

    Every frame keeps its exact place: frame n of the film is shown at n / rate seconds. `captions`, if there are any,
    become a track in `language` (two letters) that players can switch off.
    """
    try:
        with av.open(str(sound)) as heard, av.open(str(pieces[0].path)) as first:
            ticks = packet_table(pieces[0].path).ticks_per_second
            options = {"movflags": "+faststart", "video_track_timescale": str(ticks)}
            with av.open(str(destination), "w", format="mp4", options=options) as output:
                if comment:
                    output.metadata["comment"] = comment
                video = output.add_stream_from_template(first.streams.video[0])
                video.time_base = first.streams.video[0].time_base
                audio = output.add_stream_from_template(heard.streams.audio[0])
                sides = [_audio_packets(heard, audio)]
                sides += [caption_packets(output, captions, language)] if captions else []
                beside = heapq.merge(*sides, key=lambda timed: timed[0])
                return _write(output, _video_packets(pieces, video), beside, ticks, _share(progress, pieces))
    except av.error.FFmpegError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(destination.parent) from error
        raise TransientError(
            "join_failed",
            "The film's parts could not be joined: {reason}.",
            "It is tried again by itself.",
            reason=error.strerror or "unknown",
        ) from error


def _write(
    output: OutputContainer,
    pictures: Iterator[Packet[Stream]],
    beside: Iterator[tuple[float, Packet[Any]]],
    ticks: int,
    progress: Callable[[int], None],
) -> Joined:
    """All packets in the order in which a player needs them."""
    written = crc = 0
    waiting = next(beside, None)
    for packet in pictures:
        assert packet.dts is not None
        while waiting is not None and waiting[0] * ticks <= packet.dts:
            output.mux(waiting[1])
            waiting = next(beside, None)
        crc = zlib.crc32(memoryview(packet), crc)
        written += 1
        output.mux(packet)
        progress(written)
    while waiting is not None:
        output.mux(waiting[1])
        waiting = next(beside, None)
    progress(written)
    return Joined(written, crc)


def _share(progress: Progress, pieces: Sequence[Piece]) -> Callable[[int], None]:
    total = sum(piece.frames for piece in pieces)

    def report(written: int) -> None:
        if written % 50 == 0 or written == total:
            progress(written / total)

    return report


def _video_packets(pieces: Iterable[Piece], stream: VideoStream) -> Iterator[Packet[Stream]]:
    """In decoding order, times shifted to the piece's place. A closed GOP's packets stand together."""
    before = 0
    for piece in pieces:
        table = packet_table(piece.path)
        shift = (before - piece.first) * TIMESCALE_PER_FRAME
        base = Fraction(1, table.ticks_per_second)
        places = table.cut(piece.first, piece.frames)
        with piece.path.open("rb") as file:
            for place in places:
                file.seek(place.position)
                packet = Packet(file.read(place.size))
                packet.pts, packet.dts = place.pts + shift, place.dts + shift
                packet.time_base = base
                packet.duration = TIMESCALE_PER_FRAME
                packet.is_keyframe = place.is_key
                packet.stream = stream
                yield packet
        before += piece.frames


def _audio_packets(container: InputContainer, stream: AudioStream) -> Iterator[tuple[float, Packet[Any]]]:
    """Each with the second at which it is decoded."""
    source = container.streams.audio[0]
    assert source.time_base is not None
    ticks_per_second = source.time_base.denominator / source.time_base.numerator
    for packet in container.demux(source):
        if packet.size:
            assert packet.dts is not None
            second = packet.dts / ticks_per_second
            packet.stream = stream
            yield second, packet
