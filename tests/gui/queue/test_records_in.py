"""What pages hear of the jobs in their state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.jobs.model import JobRecord, Sketch, State
from gui.queue.jobs_model import JobsModel
from gui.queue.records_in import RecordsIn
from tests.gui.records import record

pytestmark = pytest.mark.gui

News = tuple[list[JobRecord], set[str]]


@pytest.fixture
def jobs(qtbot: QtBot) -> JobsModel:
    return JobsModel()


def heard(records: RecordsIn) -> list[News]:
    told: list[News] = []
    records.changed.connect(lambda there, gone: told.append((there, gone)))
    return told


def test_they_come_change_and_go_in_batches(jobs: JobsModel, qtbot: QtBot) -> None:
    failed = RecordsIn(jobs, State.FAILED)
    told = heard(failed)
    one, other = record(2, State.FAILED), record(1, State.FAILED)
    jobs.put([one, record(3, State.READY)])
    jobs.put([other])
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told == [([other, one], set())], "both at once, as the rows stand in their sheet"
    changed = replace(one, attempts=3)
    jobs.put([changed, replace(other, state=State.READY)])
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == ([changed], {other.id})
    assert failed.records() == [changed]
    assert failed.record(one.id) is changed


def test_what_comes_and_goes_at_once_is_not_told(jobs: JobsModel, qtbot: QtBot) -> None:
    told = heard(RecordsIn(jobs, State.FAILED))
    jobs.put([record(1, State.FAILED)])
    jobs.put([record(1, State.READY)])
    qtbot.wait(120)
    assert told == []


def test_forgotten_jobs_go(jobs: JobsModel, qtbot: QtBot) -> None:
    failed = RecordsIn(jobs, State.FAILED)
    some = [record(number, State.FAILED) for number in range(60)]
    jobs.put(some)
    qtbot.waitUntil(lambda: len(failed) == 60)
    jobs.keep_only({one.id for one in some[::2]})
    qtbot.waitUntil(lambda: len(failed) == 30)


def test_a_job_of_which_only_the_state_is_known_waits_until_it_is_read(jobs: JobsModel, qtbot: QtBot) -> None:
    failed = RecordsIn(jobs, State.FAILED)
    told = heard(failed)
    one = record(1, State.FAILED)
    jobs.put_overview([Sketch(id=one.id, batch=one.job.batch, state=State.FAILED, place=1.0)])
    qtbot.wait(120)
    assert told == []
    jobs.put([one])
    qtbot.waitUntil(lambda: told == [([one], set())])


def test_those_that_were_there_before_are_there(jobs: JobsModel, qtbot: QtBot) -> None:
    jobs.put([record(1, State.FAILED), record(2, State.DONE)])
    failed = RecordsIn(jobs, State.FAILED)
    qtbot.waitUntil(lambda: len(failed) == 1)
