"""What is known of a sound lies in its file, and the file stays an ordinary WAV."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.media import pcm
from core.media.audio import wav_seconds
from core.media.notes import read_note, write_note
from tests.core.media.sounds import babble, write


@pytest.mark.parametrize("note", [{"a": 1}, {"words": "¡Ñandú! 美咲", "times": [["a", 0.5]]}, {}])
def test_a_note_is_read_as_it_was_written(tmp_path: Path, note: dict[str, object]) -> None:
    sound = babble(0.5)
    wav = write(tmp_path / "a.wav", sound)
    before = wav.read_bytes()
    write_note(wav, note)
    assert read_note(wav) == note
    assert wav_seconds(wav) == pytest.approx(0.5)
    assert pcm.read(wav).shape == sound.shape
    assert int.from_bytes(wav.read_bytes()[4:8], "little") == wav.stat().st_size - 8
    assert wav.read_bytes()[8 : len(before)] == before[8:]


def test_what_has_no_note_has_none(tmp_path: Path) -> None:
    assert read_note(write(tmp_path / "a.wav", babble(0.1))) == {}
    other = tmp_path / "b.wav"
    other.write_bytes(b"no wav at all")
    assert read_note(other) == {}


def test_a_cut_note_is_none(tmp_path: Path) -> None:
    wav = write(tmp_path / "a.wav", babble(0.1))
    write_note(wav, {"words": "x" * 100})
    wav.write_bytes(wav.read_bytes()[:-40])
    assert read_note(wav) == {}
