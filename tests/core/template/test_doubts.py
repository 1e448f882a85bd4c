"""Names that a voice may stumble over, told by their letters alone."""

from __future__ import annotations

import unicodedata

import pytest

from core.template.doubts import Doubt, doubt


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Zoë", "en", (Doubt.LETTER, "ë")),
        (unicodedata.normalize("NFD", "Zoë"), "es", (Doubt.LETTER, "ë")),
        ("Iñaki", "en", (Doubt.LETTER, "ñ")),
        ("Iñaki", "es", (Doubt.NONE, "")),
        ("Nguyễn", "es", (Doubt.LETTER, "ễ")),
        ("美咲", "en", (Doubt.LETTER, "美咲")),
        ("Ng", "es", (Doubt.FEW, "ng")),
        ("R2 D2", "es", (Doubt.FEW, "r2")),
        ("Thiago", "es", (Doubt.PAIR, "th")),
        ("Jhon", "es", (Doubt.PAIR, "jh")),
        ("Xochitl", "es", (Doubt.PAIR, "tl")),
        ("Atlas", "es", (Doubt.NONE, "")),
        ("Xochitl", "en", (Doubt.PAIR, "xo")),
        ("María José", "es", (Doubt.NONE, "")),
        ("Mary-Ann O'Brien", "en", (Doubt.NONE, "")),
        ("Zoë", "fi", (Doubt.NONE, "")),
        ("", "es", (Doubt.NONE, "")),
    ],
)
def test_doubts(name: str, language: str, expected: tuple[Doubt, str]) -> None:
    assert doubt(name, language) == expected
