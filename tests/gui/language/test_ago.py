"""How long ago, in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from gui.language.ago import ago, moment
from gui.language.translation import Languages

NOW = 1_790_000_000.0


@pytest.mark.gui
@pytest.mark.parametrize(
    ("past_s", "es", "en"),
    [
        (-5, "recién", "just now"),
        (59, "recién", "just now"),
        (60, "hace 1 min", "1 min ago"),
        (3599, "hace 59 min", "59 min ago"),
        (3 * 3600, "hace 3 h", "3 h ago"),
        (86_400, "hace 1 día", "1 day ago"),
        (6.9 * 86_400, "hace 6 días", "6 days ago"),
    ],
)
def test_as_one_would_say_it(qapp: QApplication, past_s: float, es: str, en: str) -> None:
    languages = Languages(qapp, "es")
    assert ago(NOW - past_s, NOW) == es
    languages.use("en")
    assert ago(NOW - past_s, NOW) == en
    languages.leave()


@pytest.mark.gui
def test_long_ago_is_a_date(qapp: QApplication) -> None:
    languages = Languages(qapp, "es")
    assert ago(NOW - 30 * 86_400, NOW).count("/") == 2
    assert QLocale().language() is QLocale.Language.Spanish
    assert moment(NOW, NOW).count(":") == 2
    assert "/" in moment(NOW - 2 * 86_400, NOW)
    languages.leave()
