"""An encoded segment's packets, read without a demuxer: where each lies in its file, and when it is shown.

Opening a file as video takes 10 ms each time; a film of six segments would pay more for that than for
copying them. Tables are remembered as long as a file stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import av


@dataclass(frozen=True, slots=True)
class PacketPlace:
    """`position` and `size` in bytes; `pts` and `dts` in the segment's time base."""

    position: int
    size: int
    pts: int
    dts: int
    is_key: bool


@dataclass(frozen=True, slots=True)
class PacketTable:
    """In decoding order. `ticks_per_second` is the time base's denominator; its numerator is 1."""

    packets: tuple[PacketPlace, ...]
    ticks_per_second: int
    extradata: bytes

    def cut(self, first: int, frames: int) -> tuple[PacketPlace, ...]:
        return self.packets[first : first + frames]

    def is_whole(self, first: int, frames: int) -> bool:
        """Whether these frames are there, and are whole GOPs: nothing before or after them is needed to decode them."""
        ends = first + frames
        begins = first < len(self.packets) and self.packets[first].is_key
        return begins and (ends == len(self.packets) or (ends < len(self.packets) and self.packets[ends].is_key))


def packet_table(segment: Path) -> PacketTable:
    """Raises PyAV's `FFmpegError` if it can't be read, `OSError` if it is not there."""
    status = segment.stat()
    return _table(segment, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _table(segment: Path, _mtime_ns: int, _size: int) -> PacketTable:
    with av.open(str(segment)) as container:
        stream = container.streams.video[0]
        packets = []
        for packet in container.demux(stream):
            if packet.size:
                assert packet.pos is not None
                assert packet.pts is not None
                assert packet.dts is not None
                packets.append(PacketPlace(packet.pos, packet.size, packet.pts, packet.dts, packet.is_keyframe))
        assert stream.time_base is not None
        return PacketTable(
            tuple(packets), int(stream.time_base.denominator), bytes(stream.codec_context.extradata or b"")
        )
