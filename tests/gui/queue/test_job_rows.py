"""What the queue shows of all jobs, and in which order; Qt's own tester watches every step."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.jobs.model import JobRecord, Sketch, State
from gui.queue.job_rows import JobRows
from gui.queue.jobs_model import JobsModel
from gui.queue.wanted import Group, SortBy, Wanted, key_of, words_of
from tests.gui.records import record

pytestmark = pytest.mark.gui


def placed(number: int, state: State = State.READY, batch: str = "b1", **rest: object) -> JobRecord:
    return record(number, state, batch, **{"place": float(number), **rest})


@pytest.fixture
def jobs(qtbot: QtBot) -> JobsModel:
    jobs = JobsModel()
    jobs.put([placed(number) for number in range(6)])
    return jobs


@pytest.fixture
def rows(jobs: JobsModel) -> Iterator[JobRows]:
    rows = JobRows(jobs)
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield rows
    del tester


def shown(rows: JobRows) -> list[int]:
    return [int(rows.record_at(row).id, 16) for row in range(rows.rowCount())]


def test_everything_in_the_order_of_the_queue(rows: JobRows) -> None:
    assert shown(rows) == [0, 1, 2, 3, 4, 5]


def test_another_place_in_the_queue_moves_the_row(rows: JobRows, jobs: JobsModel, qtbot: QtBot) -> None:
    jobs.put([placed(4, place=0.5)])
    qtbot.waitUntil(lambda: shown(rows) == [0, 4, 1, 2, 3, 5])
    assert rows.row_of(placed(4).id) == 1


def test_a_group_follows_the_states(rows: JobRows, jobs: JobsModel, qtbot: QtBot) -> None:
    rows.want(Wanted(group=Group.RUNNING))
    assert shown(rows) == []
    jobs.put([placed(3, State.RUNNING), placed(1, State.RUNNING)])
    qtbot.waitUntil(lambda: shown(rows) == [1, 3])
    jobs.put([placed(3, State.DONE)])
    qtbot.waitUntil(lambda: shown(rows) == [1])
    assert rows.row_of(placed(3).id) == -1


def test_new_jobs_come_where_they_belong(rows: JobRows, jobs: JobsModel) -> None:
    jobs.put([placed(9), placed(8)])
    assert shown(rows) == [0, 1, 2, 3, 4, 5, 8, 9]
    jobs.put([placed(7)])
    assert shown(rows) == [0, 1, 2, 3, 4, 5, 7, 8, 9]
    rows.sort_rows(SortBy.PLACE, falling=True)
    jobs.put([placed(10), placed(6)])
    assert shown(rows) == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_what_is_gone_from_the_store_goes(rows: JobRows, jobs: JobsModel) -> None:
    jobs.keep_only({placed(number).id for number in (1, 4)})
    assert shown(rows) == [1, 4]


def test_many_that_are_gone_go_at_once(rows: JobRows, jobs: JobsModel) -> None:
    jobs.put([placed(number) for number in range(6, 100)])
    jobs.keep_only({placed(number).id for number in range(0, 100, 2)})
    assert shown(rows) == list(range(0, 100, 2))


def test_words_are_looked_for_in_all_that_is_told(rows: JobRows, jobs: JobsModel) -> None:
    told = placed(2)
    jobs.put([replace(told, job=replace(told.job, fields={"queHizo": "Remontó un BARRILETE"}), worker="taller-2:9/1")])
    rows.want(Wanted(words=words_of("barrilete remonto")))
    assert shown(rows) == [2]
    rows.want(Wanted(words=words_of("taller-2")))
    assert shown(rows) == [2]
    rows.want(Wanted(words=words_of("barrilete avión")))
    assert shown(rows) == []


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("by", SortBy)
def test_after_any_changes_it_is_as_if_it_were_made_anew(
    jobs: JobsModel, rows: JobRows, qtbot: QtBot, by: SortBy, falling: bool
) -> None:
    """Against the plainest way to do it: filter and sort everything."""
    chance = random.Random(f"{by} {falling}")
    rows.sort_rows(by, falling=falling)
    for step in range(40):
        if step % 10 == 5:
            rows.want(Wanted(group=chance.choice([Group.ALL, Group.WAITING, Group.DONE])))
        numbers = {chance.randrange(80) for _ in range(chance.choice([1, 3, 70]))}
        states = [State.READY, State.RUNNING, State.DONE]
        jobs.put(
            [
                placed(
                    number,
                    chance.choice(states),
                    place=chance.random(),
                    fraction=chance.random(),
                    worker=chance.choice("ab"),
                    ended_s=float(chance.randrange(5)),
                )
                for number in sorted(numbers)
            ]
        )
        if step % 7 == 0:
            qtbot.wait(1)
    wanted = [one for one in jobs.records() if rows.wanted.accepts(one)]
    ordered = sorted(wanted, key=lambda one: (key_of(one, by), jobs.row_of(one.id)), reverse=falling)
    qtbot.waitUntil(lambda: shown(rows) == [int(one.id, 16) for one in ordered])
    assert [rows.row_of(one.id) for one in ordered] == list(range(len(ordered)))


def test_a_long_list_is_made_in_slices_and_takes_in_what_changes_meanwhile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.queue.job_rows._SLICE_S", 0.0)
    jobs = JobsModel()
    rows = JobRows(jobs)
    jobs.put([placed(number) for number in range(1000)])
    qtbot.waitUntil(lambda: not rows.busy)
    rows.want(Wanted(group=Group.DONE))
    assert rows.busy
    assert rows.rowCount() == 1000
    jobs.put([placed(3, State.DONE), placed(999, State.DONE), placed(2000, State.DONE)])
    qtbot.waitUntil(lambda: shown(rows) == [3, 999, 2000])


def test_a_sketched_job_is_a_row_before_it_is_read(jobs: JobsModel, rows: JobRows) -> None:
    jobs.put_overview([Sketch(placed(n).id, "b1", State.READY, float(n)) for n in (5, 6, 7)])
    assert shown(rows) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert jobs.unread == 2
    assert rows.unread_among(range(8)) == [placed(6).id, placed(7).id]
    jobs.put([placed(6)])
    assert jobs.unread == 1
    assert jobs.record(placed(6).id) == placed(6)
    assert jobs.tallies()[0].counts[State.READY] == 8


def test_narrowing_a_search_is_known(qtbot: QtBot) -> None:
    assert Wanted(words=("sofia",)).narrows(Wanted(words=("sof",)))
    assert Wanted(batch="b", words=("sofia", "x")).narrows(Wanted(words=("sof",)))
    assert not Wanted(words=("sof",)).narrows(Wanted(words=("sofia",)))
    assert not Wanted(batch="a").narrows(Wanted(batch="b"))
    assert not Wanted().narrows(Wanted(group=Group.DONE))
