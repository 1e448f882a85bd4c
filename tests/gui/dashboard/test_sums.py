"""What is said of an overview: nothing that is not known, and no number without its meaning."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from core.jobs.model import State
from core.metrics.forecast import Forecast
from core.metrics.history import Span, edges, history
from core.metrics.overview import Overview, Purse, Saved
from gui.dashboard import sums, words
from gui.language.translation import Languages

NOON_S = datetime.datetime(2026, 12, 20, 12, 0).astimezone().timestamp()
FILMS = {"films": 4, "strategies:avatar": 3, "strategies:lipsync": 1, "providers:heygen": 3, "usd": 2_000_000}
SPENT = {"usd:heygen": 1_500_000, "ms:heygen": 30_000, "calls:heygen": 3}
VOICE = {"usd:elevenlabs": 500_000, "chars:elevenlabs": 5000, "calls:elevenlabs": 9, "ms:elevenlabs": 0}


@pytest.fixture(autouse=True)
def _an_english_application(qapp: QApplication) -> Iterator[None]:
    languages = Languages(qapp, "en")
    yield
    languages.leave()


def overview(counted: dict[str, int] | None = None, **other: Any) -> Overview:
    told = {edges(Span.DAY, NOON_S)[-2]: Counter(counted or {})}
    known: dict[str, Any] = {
        "now_s": NOON_S,
        "history": history(Span.DAY, NOON_S, told),
        "states": dict.fromkeys(State, 0),
        "oldest_s": 0.0,
        "ever": 4,
        "computers": (),
        "saved": Saved(),
        "purse": Purse(),
        "forecast": Forecast(0, 0.0),
    }
    return Overview(**(known | other))


def test_the_pace_says_when_the_queue_is_done() -> None:
    assert sums.pace_tile(overview())[1:] == ("0", "nothing is left to make")
    assert sums.pace_tile(overview(forecast=Forecast(9, 0.0)))[2] == "none made in the last hour"
    assert sums.pace_tile(overview(forecast=Forecast(9, 4.5, NOON_S + 7200)))[1:] == (
        "4.5",
        "the queue is done at 14:00",
    )
    tomorrow = sums.pace_tile(overview(forecast=Forecast(900, 30.0, NOON_S + 108_000)))[2]
    assert "21 Dec" in tomorrow
    assert "18:00" in tomorrow


def test_success_says_of_how_many() -> None:
    assert sums.success_tile(overview())[1:] == ("–", "nothing ended yet")
    assert sums.success_tile(overview({"films": 3}))[1:] == ("100 %", "none failed")
    assert sums.success_tile(overview({"films": 9999, "failed": 1}))[1:] == ("99.9 %", "1 of 10,000 failed")
    assert sums.success_tile(overview({"failed": 2}))[1:] == ("0 %", "2 of 2 failed")


def test_what_waits_says_since_when() -> None:
    assert sums.waiting_tile(overview())[1:] == ("0", "nothing waits")
    waiting = dict.fromkeys(State, 0) | {State.READY: 3, State.PARKED: 2}
    assert sums.waiting_tile(overview(states=waiting, oldest_s=840.0))[1:] == ("5", "the first for 14 min")


def test_money_is_told_with_its_budget() -> None:
    assert sums.money_tile(overview(FILMS, purse=Purse(1.25, 0.0, 50.0)))[1:] == (
        "US$ 2.00",
        "today US$ 1.25 of US$ 50.00",
    )
    assert sums.money_tile(overview(purse=Purse(1.25)))[2] == "today US$ 1.25"
    assert sums.money_tile(overview())[2] == "nothing today"
    assert words.dollars(0.0434) == "US$ 0.043"


def test_what_is_to_come_is_told_as_far_as_it_is_known() -> None:
    assert sums.money_sentence(overview()) == "Nothing was paid."
    assert sums.money_sentence(overview(FILMS, forecast=Forecast(0, 0.0, None, 0.5, 0.0))) == "A film cost US$ 0.50."
    enough = Forecast(20, 60.0, NOON_S + 1200, 0.5, 10.0)
    assert "about US$ 10.00, at US$ 0.50 a film" in sums.money_sentence(overview(FILMS, forecast=enough))
    short = Forecast(20, 60.0, NOON_S + 1200, 0.5, 10.0, NOON_S + 600, 10)
    said = sums.money_sentence(overview(FILMS, forecast=short))
    assert "lasts until 12:10" in said
    assert "10 film" in said


def test_bars_say_their_values() -> None:
    found = overview(FILMS | SPENT | VOICE).history
    assert [(bar.word, bar.value, bar.share) for bar in sums.way_bars(found)] == [
        ("Talking avatar", "3", 0.75),
        ("Lip-sync", "1", 0.25),
    ]
    assert [bar.word for bar in sums.face_bars(found)] == ["HeyGen"]
    assert [(bar.word, bar.value) for bar in sums.spent_bars(found)] == [
        ("HeyGen", "US$ 1.50"),
        ("ElevenLabs", "US$ 0.50"),
    ]


def test_a_stage_that_is_slower_than_the_last_step_says_so() -> None:
    quick = overview({"stage:speech:3": 20, "stage:speech:ms": 8000}).history
    assert (sums.stage_bars(quick)[0].value, sums.stage_bars(quick)[0].note) == ("0.4 s", "95 of 100 within 0.5 s")
    slow = overview({"stage:face:13": 20, "stage:face:ms": 20_000_000}).history
    assert sums.stage_bars(slow)[0].note == "some over 15:00 min"


def test_what_was_saved() -> None:
    assert "nothing was yet" in sums.saved_sentence(overview())
    said = sums.saved_sentence(overview(saved=Saved(12_000.0, 4000, 3.5)))
    assert all(part in said for part in ("3 h 20 min", "4,000", "US$ 3.50"))
    assert words.long_time(360_000 * 2) == "200 h"
    bars = sums.cache_bars(overview({"cache:speech:hit": 3, "cache:speech:miss": 1, "cache:faces:miss": 2}).history)
    assert [(bar.word, bar.value) for bar in bars] == [("Spoken lines", "75.0 %"), ("Talking clips", "0 %")]
