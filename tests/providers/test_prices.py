"""The table of prices: dated, complete, and outdone by settings."""

from __future__ import annotations

from datetime import date

import pytest

from core.settings.declaration import Settings
from providers.prices import by_character, by_second, counted, prices


def test_the_table_is_dated_and_says_where_it_is_from() -> None:
    table = prices()
    assert date(2026, 1, 1) <= table.as_of <= date(2027, 12, 31)
    for name in ("elevenlabs", "heygen", "heygen_lipsync", "higgsfield", "synclabs"):
        assert getattr(table, name).source
        assert any(setting.startswith(f"{name}_usd_per") for setting in Settings.model_fields)


@pytest.mark.parametrize(
    ("model", "text", "characters"),
    [("eleven_multilingual_v2", "abc", 3), ("eleven_flash_v2_5", "abc", 2), ("eleven_new", "ñandú", 5)],
)
def test_characters_as_they_are_counted(model: str, text: str, characters: int) -> None:
    assert counted(text, model) == characters


def test_prices() -> None:
    assert by_character(1000, None).usd == pytest.approx(0.10)
    assert by_character(1000, 0.3).usd == pytest.approx(0.3)
    assert by_second(prices().synclabs, "sync-3", 10, None).usd == pytest.approx(1.33)
    assert by_second(prices().synclabs, "unheard-of", 10, None).usd == pytest.approx(0.5)
    assert by_second(prices().synclabs, "sync-3", 10, 0.0).usd == 0
