"""The tree of causes and films, through many changes, few and many at a time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.jobs.model import Failure, JobRecord, State
from core.text import Text
from gui.failed.model import FailedModel, FailedRole
from gui.failed.tree import FailedTree
from gui.look.theme import Appearance, Theme
from gui.queue.jobs_model import JobsModel
from gui.queue.records_in import RecordsIn
from tests.gui.records import record

pytestmark = pytest.mark.gui


def failed(number: int, code: str) -> JobRecord:
    failure = Failure("JobFault", code, Text(f"It is {code}."), Text("Mend it."))
    return record(number, State.FAILED, failure=failure, ended_s=1000.0 + number)


class Feed(RecordsIn):
    """Tells at once what it is told to."""

    def __init__(self) -> None:
        super().__init__(JobsModel(), State.FAILED)


def contents(model: FailedModel) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in range(model.rowCount()):
        top = model.index(row, 0)
        rows = [model.index(child, 0, top) for child in range(model.rowCount(top))]
        assert all(index.parent() == top for index in rows)
        found[top.data(FailedRole.CAUSE).code] = {index.data(FailedRole.RECORD).id for index in rows}
    return found


@pytest.mark.parametrize("seed", range(6))
def test_it_always_holds_what_failed(qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    feed = Feed()
    model = FailedModel(feed)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    there: dict[str, JobRecord] = {}
    for _ in range(40):
        size = chance.choice([1, 3, 8, 150])
        some = [failed(number, chance.choice("abc")) for number in chance.sample(range(300), size)]
        leaving = set(chance.sample(sorted(there), min(len(there), chance.choice([0, 1, 5, 120]))))
        leaving -= {one.id for one in some}
        there = {job_id: one for job_id, one in there.items() if job_id not in leaving}
        there |= {one.id: one for one in some}
        feed.changed.emit(some, leaving)
        expected: dict[str, set[str]] = {}
        for one in there.values():
            assert one.failure is not None
            expected.setdefault(one.failure.code, set()).add(one.id)
        assert contents(model) == expected
        sizes = [len(group.records) for group in model.groups()]
        assert sizes == sorted(sizes, reverse=True)
        assert all(model.index_of_record(job_id).data(FailedRole.RECORD) is one for job_id, one in there.items())


@pytest.mark.parametrize("more", [5, 400])
def test_what_is_open_and_chosen_stays_so_however_much_comes(qtbot: QtBot, qapp: QApplication, more: int) -> None:
    feed = Feed()
    model = FailedModel(feed)
    view = FailedTree(model, Theme(qapp, Appearance.DARK))
    qtbot.addWidget(view)
    view.show()
    feed.changed.emit([failed(1, "a"), failed(2, "a"), failed(3, "b")], set())
    view.setExpanded(model.index(0, 0), True)
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(model.index_of_record(failed(2, "a").id), flags.ClearAndSelect)
    feed.changed.emit([failed(number, "b") for number in range(10, 10 + more)], set())
    assert model.index(0, 0).data(FailedRole.CAUSE).code == "b"
    assert [one.id for one in view.chosen()] == [failed(2, "a").id]
    assert view.isExpanded(model.index(1, 0))
    assert not view.isExpanded(model.index(0, 0))
    assert view.chosen_one()


def test_the_newest_one_speaks_for_its_cause(qtbot: QtBot) -> None:
    feed = Feed()
    model = FailedModel(feed)
    feed.changed.emit([failed(5, "a"), failed(1, "a")], set())
    group = model.index(0, 0).data(FailedRole.CAUSE)
    assert group.newest.id == failed(5, "a").id
    feed.changed.emit([replace(failed(1, "a"), ended_s=9999.0)], set())
    assert group.newest.id == failed(1, "a").id
