"""What a search takes for the same."""

from __future__ import annotations

import unicodedata

import pytest

from gui.queue.wanted import folded


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Sofía", "sofia"),
        ("ZOË", "zoe"),
        ("Iñaki", "inaki"),
        ("STRASSE straße", "strasse strasse"),
        ("“Ñandú” — 5 €", "“nandu” — 5 €"),
        ("Żółć", "zołc"),
    ],
)
def test_case_and_accents_make_no_difference(text: str, same: str) -> None:
    assert folded(text) == same


@pytest.mark.parametrize("text", ["שָׁלוֹם", "हिंदी", "محمَّد", "Ελένη", "が", "a\u20dd", "x\U0001d165"])
def test_nor_do_signs_set_on_letters_of_other_alphabets(text: str) -> None:
    assert not any(unicodedata.combining(letter) for letter in folded(text))
    assert folded(text) != ""
