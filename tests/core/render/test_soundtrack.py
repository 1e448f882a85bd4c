"""What is heard when: words, the clips' own sounds, and music that makes way for the words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import JobFault
from core.media import pcm
from core.media.audio import loudness_lufs
from core.media.mix import Duck
from core.progress import unwatched
from core.render.soundtrack import soundtrack
from core.render.spoken import SaidLine, Spoken
from core.render.timeline import Heard, Timeline
from core.template.model import Music, Template
from core.template.sounds import SoundBank
from tests.core.media.sounds import babble, sine, write
from tests.stand_ins import raises_code

TIMELINE = Timeline((), (Heard("message", 2.0, 3.0),), (Heard("message", 1.6, 5.0),), fps=25)


@pytest.fixture
def line(tmp_path: Path) -> Spoken:
    return Spoken((SaidLine("Hola.", write(tmp_path / "line.wav", babble(3.0)), 0.0, 3.0),))


def test_words_and_own_sounds(tmp_path: Path, tiny_template: Template, line: Spoken) -> None:
    bank = SoundBank(tmp_path / "sounds")
    room, words = soundtrack(tiny_template, TIMELINE, {"message": line}, bank, unwatched)
    assert (words.path, words.start_s, words.length_s) == (line.lines[0].path, 2.0, 3.0)
    assert (room.start_s, room.length_s, room.loop) == (1.6, 5.0, True)
    assert pcm.read(room.path).shape == (2, pytest.approx(2.4 * pcm.RATE, abs=2))


def test_music_plays_under_it_all(tmp_path: Path, tiny_template: Template, line: Spoken) -> None:
    write(tmp_path / "music.wav", babble(4.0, level=0.5))
    music = Music(file="music.wav", level_lufs=-24, duck_db=9, fade_out_s=2)
    template = tiny_template.model_copy(update={"music": music, "folder": tmp_path})
    bank = SoundBank(tmp_path / "sounds")
    timeline = replace(TIMELINE, beds=())
    bed, _ = soundtrack(template, timeline, {"message": line}, bank, unwatched)
    assert (bed.start_s, bed.length_s, bed.loop, bed.fade_out_s) == (0.0, timeline.seconds, True, 2.0)
    assert bed.duck == Duck(9.0, ((2.0, 5.0),))
    assert loudness_lufs(bed.path, unwatched) == pytest.approx(-24.0, abs=0.3)
    assert "music.wav" in template.assets


def test_a_loop_that_was_not_made_as_one_does_not_click(tmp_path: Path) -> None:
    source = write(tmp_path / "tone.wav", sine(1.003, hertz=60, level=0.4, phase=1.0))
    smooth = write(tmp_path / "smooth.wav", sine(1.0, hertz=60, level=0.4))
    bank = SoundBank(tmp_path / "sounds")
    for path in (source, smooth):
        sound = pcm.read(bank.sound(path, unwatched, loop=True))
        assert abs(float(sound[0, 0] - sound[0, -1])) < 0.01
    assert np.allclose(sound, pcm.read(smooth, channels=2), atol=1e-4)


def test_a_sound_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    bank = SoundBank(tmp_path / "sounds")
    (tmp_path / "bad.wav").write_bytes(b"not a sound")
    write(tmp_path / "empty.wav", np.zeros((1, 0), np.float32))
    for name in ("bad.wav", "empty.wav"):
        with raises_code(JobFault, "sound_unreadable") as caught:
            bank.sound(tmp_path / name, unwatched)
        assert name in str(caught.value)
