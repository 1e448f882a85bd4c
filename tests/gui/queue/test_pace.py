"""When a batch will be done: arithmetic that a person can do again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.jobs.model import Batch, JobRecord, State
from gui.queue.pace import Pace
from gui.queue.tally import Tally
from tests.gui.records import record

NOW = 1_000_000.0


@dataclass
class Stands:
    batch_id: str
    to_make: float
    running: int = 0
    deadline_s: float = 0.0


def made(took_s: float, state: State = State.DONE) -> JobRecord:
    return record(1, state, started_s=NOW, ended_s=NOW + took_s)


@pytest.fixture
def pace() -> Pace:
    """Two films at once, each takes 30 s: one every 15 s."""
    pace = Pace()
    for took in (20.0, 40.0):
        pace.finished(made(took))
    pace.sample(2)
    return pace


def test_nothing_is_said_before_a_film_is_made_or_while_nobody_works() -> None:
    pace = Pace()
    pace.sample(2)
    assert pace.estimates([Stands("a", 5, 2)], NOW) == {}
    pace = Pace()
    pace.finished(made(30))
    pace.sample(0)
    assert pace.estimates([Stands("a", 5)], NOW) == {}


def test_what_failed_or_was_never_begun_says_nothing_of_the_pace() -> None:
    pace = Pace()
    pace.finished(made(30, State.FAILED))
    pace.finished(record(1, State.DONE, ended_s=NOW))
    assert pace.film_s == pytest.approx(0.0)


def test_a_batch_waits_for_those_before_it(pace: Pace) -> None:
    told = pace.estimates([Stands("b", 10), Stands("a", 4, 2)], NOW)
    assert told["a"].left_s == pytest.approx(60)
    assert told["b"].left_s == pytest.approx(60 + 150)


def test_what_is_being_made_goes_first_whatever_its_age(pace: Pace) -> None:
    told = pace.estimates([Stands("a", 10), Stands("b", 4, 2)], NOW)
    assert told["b"].left_s == pytest.approx(60)
    assert told["a"].left_s == pytest.approx(210)


def test_so_many_will_miss_the_deadline(pace: Pace) -> None:
    told = pace.estimates([Stands("a", 4, 2), Stands("b", 10, deadline_s=NOW + 60 + 90)], NOW)
    assert told["b"].late == 4
    assert told["a"].late == 0


def test_a_moment_between_two_films_is_no_standstill(pace: Pace) -> None:
    pace.sample(0)
    assert pace.workers == 2
    for _ in range(5):
        pace.sample(1)
    assert pace.workers == 1


def test_a_film_that_is_half_made_takes_half_as_long(pace: Pace) -> None:
    assert pace.film_left_s(record(1, State.RUNNING, fraction=0.5)) == pytest.approx(15)
    assert pace.film_left_s(record(1)) == pytest.approx(0)


def test_a_tally_says_what_goes_on_by_itself() -> None:
    tally = Tally(Batch("b1", "lote", 6))
    for number, state in enumerate((State.READY, State.DELAYED, State.HELD, State.PARKED, State.DONE)):
        tally.add(record(number, state))
    tally.add(record(9, State.RUNNING, fraction=0.25))
    assert tally.to_make == pytest.approx(2.75)
    assert not tally.paused


def test_a_tally_asks_for_a_look_when_the_first_films_are_over() -> None:
    tally = Tally(Batch("b1", "lote", 3, first=2))
    tally.add(record(1, State.HELD))
    tally.add(record(2, State.DONE))
    tally.add(running := record(3, State.RUNNING))
    assert not tally.wants_a_look
    tally.remove(running)
    tally.add(record(3, State.FAILED))
    assert tally.wants_a_look
    assert tally.paused
