"""What a batch will cost, and how far its template is made ready: said on the sheet where there is something to say."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.desk.money import Estimate
from core.events import TemplateWarming
from core.render.interfaces import Cost
from gui.preflight.notes import PreflightNotes

PAID = Estimate(10, "elevenlabs", Cost(characters=2_400, usd=0.24), Cost(characters=6_000, usd=0.6), Cost())
FREE = Estimate(10, "espeak", Cost(), Cost(), Cost())


@pytest.fixture
def notes(qtbot: QtBot) -> PreflightNotes:
    made = PreflightNotes()
    qtbot.addWidget(made)
    return made


def test_what_costs_nothing_is_not_spoken_of(notes: PreflightNotes) -> None:
    for estimate in (None, FREE):
        notes.show_cost(estimate)
        assert notes.said() == []
        assert notes.isHidden()


def test_the_cost_and_what_sharing_saves(notes: PreflightNotes) -> None:
    notes.show_cost(PAID)
    assert notes.said() == ["About 0.24 US$ for services: 2,400 characters of speech, 60 % less than film by film"]
    notes.show_cost(Estimate(1, "espeak", Cost(), Cost(), Cost(seconds=30, usd=2.0)))
    assert notes.said() == ["About 2.00 US$ for services"]


def test_making_ready_is_shown_until_it_is(notes: PreflightNotes) -> None:
    notes.show_warming(TemplateWarming("noche-magica", "vertical-1080", 0.414))
    assert notes.said() == ["The template is being made ready: 41 %"]
    notes.show_warming(TemplateWarming("noche-magica", "vertical-1080", 1.0))
    assert notes.said() == []
