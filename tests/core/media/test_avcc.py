"""The H.264 header of every preset's segments (avcC, ISO/IEC 14496-15 5.3.3.1): some players read nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.media.encode import Cut, encode
from core.media.packets import packet_table
from core.media.presets import presets
from core.progress import unwatched
from tests.conftest import make_clip

_SPS, _PPS = 7, 8
_HIGH = 100
_PROFILES = {"main": 77, "high": _HIGH}


@dataclass(frozen=True)
class Avcc:
    version: int
    profile: int
    compatibility: int
    level: int
    length_size: int
    reserved: tuple[int, int]
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    rest: bytes

    @classmethod
    def of(cls, data: bytes) -> Avcc:
        sps, place = _sets(data, 6, data[5] & 0x1F)
        pps, place = _sets(data, place + 1, data[place])
        return cls(
            data[0], data[1], data[2], data[3], (data[4] & 3) + 1, (data[4] >> 2, data[5] >> 5), sps, pps, data[place:]
        )


def _sets(data: bytes, place: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        size = int.from_bytes(data[place : place + 2], "big")
        found.append(data[place + 2 : place + 2 + size])
        place += 2 + size
    return tuple(found), place


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    make_clip(path, 3, 40)
    return path


@pytest.mark.parametrize("name", presets())
def test_the_header_is_valid(clip: Path, tmp_path: Path, name: str) -> None:
    preset = presets()[name].fitted(1000, 8)
    encode(Cut(clip, ((0, 3),)), tmp_path / "cut.mp4", preset, unwatched)
    table = packet_table(tmp_path / "cut.mp4")
    header = Avcc.of(table.extradata)
    assert header.version == 1
    assert header.length_size == 4
    assert header.reserved == (0b111111, 0b111)
    assert len(header.sps) == 1
    assert len(header.pps) == 1
    [sps], [pps] = header.sps, header.pps
    assert sps[0] & 0x1F == _SPS
    assert pps[0] & 0x1F == _PPS
    assert (header.profile, header.compatibility, header.level) == tuple(sps[1:4])
    assert header.profile == _PROFILES[preset.profile]
    assert header.level == round(float(preset.level) * 10)
    if header.profile == _HIGH:  # 4:2:0, eight bits, no extensions of the SPS
        assert header.rest == bytes([0b11111101, 0b11111000, 0b11111000, 0])
    else:
        assert header.rest == b""


@pytest.mark.parametrize("name", presets())
def test_every_packet_is_whole_units_of_that_length(clip: Path, tmp_path: Path, name: str) -> None:
    """And begins with a picture that needs no other; no parameter set hides among them."""
    preset = presets()[name].fitted(1000, 8)
    encode(Cut(clip, ((0, 3),)), tmp_path / "cut.mp4", preset, unwatched)
    data = (tmp_path / "cut.mp4").read_bytes()
    for number, packet in enumerate(packet_table(tmp_path / "cut.mp4").packets):
        place, end = packet.position, packet.position + packet.size
        kinds = []
        while place < end:
            size = int.from_bytes(data[place : place + 4], "big")
            kinds.append(data[place + 4] & 0x1F)
            place += 4 + size
        assert place == end
        assert (5 in kinds) == packet.is_key == (number == 0)
        assert not {_SPS, _PPS} & set(kinds)
