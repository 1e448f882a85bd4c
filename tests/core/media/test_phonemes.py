"""Phonemes, letters and cue files to mouths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import JobFault
from core.media.mouths import MouthCue
from core.media.phonemes import mouths_of, phoneme_cues
from core.media.rhubarb import read_cues
from core.media.spelling import letter_cues


@pytest.mark.parametrize(
    ("mnemonics", "shapes"),
    [
        ("p b m B", "AAAA"),
        ("f v", "GG"),
        ("'a A: 'e i o: u: w", "DDCBEFF"),
        ("t s S tS n^ J^ k ** x", "BBBBBBBBB"),
        ("l T", "HH"),
        ("_ _: _; ' ", "XXX"),
        ("@ @2 a I2 3:", "CCCBE"),
    ],
)
def test_a_phoneme_has_a_mouth(mnemonics: str, shapes: str) -> None:
    assert "".join("".join(mouths_of(one)) for one in mnemonics.split() if one != "'") == shapes


def test_a_diphthong_is_two_mouths() -> None:
    assert list(phoneme_cues([("'aU", 1.0, 1.5)])) == [MouthCue(1.0, 1.25, "D"), MouthCue(1.25, 1.5, "F")]


def test_no_phoneme_at_all_is_no_mouth() -> None:
    assert list(phoneme_cues([])) == []
    assert mouths_of("") == ("X",)
    assert mouths_of("???") == ("B",)


def spelled(text: str, language: str) -> str:
    letters = [(letter, 0.1 * place, 0.1 * (place + 1)) for place, letter in enumerate(text)]
    return "".join(cue.shape for cue in letter_cues(letters, language))


@pytest.mark.parametrize(
    ("language", "word", "shapes"),
    [
        ("es", "Papá", "ADAD"), ("es", "vive", "ABAC"), ("es", "hola", "EHD"), ("es", "queso", "BCBE"),
        ("es", "guiso", "BBBE"), ("es", "llave", "BDAC"), ("es", "fuego", "GFCBE"), ("en", "phone", "GEB"),
        ("en", "the", "H"), ("en", "night", "BDBB"), ("en", "hope", "BEA"), ("en", "climb", "BHBA"),
        ("en", "moon", "AFB"), ("en", "five", "GDBG"),
    ],
)  # fmt: skip
def test_letters_look_as_they_sound(language: str, word: str, shapes: str) -> None:
    assert spelled(word, language) == shapes


def test_only_a_long_gap_between_words_is_rest() -> None:
    short, long = [("a", 0.0, 0.1), (" ", 0.1, 0.15), ("a", 0.15, 0.2)], [("a", 0.0, 0.1), (",", 0.1, 0.5)]
    assert [cue.shape for cue in letter_cues(short, "es")] == ["D", "D"]
    assert [cue.shape for cue in letter_cues(long, "es")] == ["D", "X"]


def test_any_letters_are_taken() -> None:
    for text in ("日本 🎅", "ßſİ", "", "x" * 500, "ñandú\n\u202e"):
        spelled(text, "en")
        spelled(text, "xx")


def written(tmp_path: Path, content: object) -> Path:
    file = tmp_path / "letter.cues.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_what_rhubarb_writes_is_read(tmp_path: Path) -> None:
    data = {
        "metadata": {"soundFile": "a.wav", "duration": 1.0},
        "mouthCues": [{"start": 0, "end": 0.25, "value": "X"}, {"start": 0.25, "end": 1.0, "value": "D"}],
    }
    assert read_cues(written(tmp_path, data)) == (MouthCue(0.0, 0.25, "X"), MouthCue(0.25, 1.0, "D"))


@pytest.mark.parametrize(
    "content",
    [
        "no json", "[]", "{}", {"mouthCues": []}, {"mouthCues": [1]}, "[" * 100_000,
        {"mouthCues": [{"start": 0, "end": 1, "value": "Q"}]}, {"mouthCues": [{"start": 1, "end": 1, "value": "A"}]},
        {"mouthCues": [{"start": True, "end": 2, "value": "A"}]},
        {"mouthCues": [{"start": -1, "end": 2, "value": "A"}]},
        {"mouthCues": [{"start": 0, "end": 1e300, "value": "A"}]},
        '{"mouthCues": [{"start": NaN, "end": 1, "value": "A"}]}',
        {"mouthCues": [{"start": 0, "end": 2, "value": "A"}, {"start": 1, "end": 3, "value": "B"}]},
        {"mouthCues": [{"start": 0, "end": 2, "value": ["A"]}]},
    ],
)  # fmt: skip
def test_a_cue_file_with_a_mistake_is_refused_by_its_name(tmp_path: Path, content: object) -> None:
    with pytest.raises(JobFault) as raised:
        read_cues(written(tmp_path, content))
    assert raised.value.code == "cues_unreadable"
    assert "letter.cues.json" in str(raised.value)


def test_a_cue_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobFault):
        read_cues(tmp_path / "none.json")
