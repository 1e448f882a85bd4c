"""FFmpeg's filters in this process do what FFmpeg does with them."""

from __future__ import annotations

from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from core.errors import JobFault
from core.media import pcm
from core.media.ffmpeg import run
from core.media.filters import filtered
from core.media.pcm import RATE
from core.progress import unwatched
from tests.core.media.sounds import babble, write
from tests.stand_ins import raises_code


def test_the_same_as_the_program_does(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", babble(1.0))
    stream = ffmpeg.input(str(source)).audio.filter("asetrate", 40000).filter("aresample", 48000).filter("bass", g=5)
    by_program = tmp_path / "b.wav"
    run(stream.output(str(by_program), acodec="pcm_s16le", ar=48000), duration_s=1, progress=unwatched)
    expected = pcm.read(by_program)
    found = filtered(source, [("asetrate", "40000"), ("aresample", "48000"), ("bass", "g=5")])
    assert found.shape[1] == pytest.approx(expected.shape[1], abs=64)
    length = min(found.shape[1], expected.shape[1])
    assert float(np.abs(found[:, :length] - expected[:, :length]).max()) < 0.005


def test_nothing_is_lost_at_the_end(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", babble(2.345))
    assert filtered(source, [("aecho", "0.9:0.85:23:0.1")]).shape[1] >= round(2.345 * RATE)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    noise = tmp_path / "a.wav"
    noise.write_bytes(b"\x17" * 5000)
    with raises_code(JobFault, "sound_unreadable"):
        filtered(noise, [])
