"""The table changes row by row, and the batches' sums with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.events import JobProgress
from core.jobs.model import Batch, Failure, State
from core.text import Text
from gui.queue.job_rows import JobRows
from gui.queue.jobs_model import JobsModel, Role
from tests.gui.records import record

pytestmark = pytest.mark.gui


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[JobsModel]:
    """Watched by Qt's own tester, whose complaints are warnings, and those fail the test."""
    model = JobsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.put_batches([Batch("b1", "lote", 4)])
    model.put([record(n) for n in range(4)])
    model.modelReset.connect(lambda: pytest.fail("the model was reset"))
    yield model
    del tester


@pytest.fixture
def changes(model: JobsModel) -> list[tuple[int, int]]:
    """The rows that each `dataChanged` spans."""
    told: list[tuple[int, int]] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        told.append((first.row(), last.row()))

    model.dataChanged.connect(note)
    return told


def test_only_what_changed_is_told(model: JobsModel, changes: list[tuple[int, int]]) -> None:
    model.put([record(0), record(1, State.RUNNING), record(3, State.RUNNING), record(2)])
    assert changes == [(1, 1), (3, 3)]


def test_neighbours_are_told_at_once(model: JobsModel, changes: list[tuple[int, int]]) -> None:
    model.put([record(n, State.RUNNING) for n in (2, 1, 3)])
    assert changes == [(1, 3)]


def test_new_jobs_come_at_the_end(model: JobsModel) -> None:
    model.put([record(9), record(0, State.DONE)])
    assert [model.record_at(row).job.row for row in range(5)] == [2, 3, 4, 5, 11]
    assert model.index(0, 0).data(Role.RECORD).state is State.DONE


def test_progress_never_goes_back(model: JobsModel, changes: list[tuple[int, int]]) -> None:
    running = record(0, State.RUNNING, epoch=1, stage="speech", fraction=0.2)
    model.put([running])
    model.put_progress([JobProgress(running.id, "b1", "sound", 0.5)])
    model.put_progress([JobProgress(running.id, "b1", "picture", 0.3)])
    model.put([running])
    assert (model.record_at(0).stage, model.record_at(0).fraction) == ("sound", 0.5)
    assert len(changes) == 2
    again = replace(running, epoch=2, fraction=0.0)
    model.put([again])
    assert model.record_at(0).fraction == 0.0


def test_progress_of_what_is_not_running_is_late(model: JobsModel, changes: list[tuple[int, int]]) -> None:
    model.put_progress([JobProgress(record(0).id, "b1", "sound", 0.5), JobProgress("nobody", "b1", "sound", 1)])
    assert not changes


def test_the_batch_is_summed_up(model: JobsModel) -> None:
    model.put([record(0, State.DONE), record(1, State.FAILED), record(2, State.RUNNING, fraction=0.5)])
    (tally,) = model.tallies()
    assert (tally.done, tally.failed, tally.total, tally.over) == (1, 1, 4, False)
    assert tally.made_fraction == pytest.approx(1.5 / 4)
    model.put([record(2, State.DONE), record(3, State.CANCELLED)])
    assert model.tallies()[0].over


def test_what_is_gone_from_the_store_goes(model: JobsModel) -> None:
    model.keep_only({record(1).id, record(3).id})
    assert [model.record_at(row).id for row in range(model.rowCount())] == [record(1).id, record(3).id]
    assert model.record(record(3).id) == record(3)
    assert model.tallies()[0].counts.total() == 2


def test_a_customers_text_is_never_markup(model: JobsModel) -> None:
    made = record(0)
    model.put([replace(made, job=replace(made.job, name="<b>Zoë</b> & co"))])
    assert model.index(0, 0).data() == "<b>Zoë</b> & co"
    assert "&lt;b&gt;Zoë&lt;/b&gt; &amp; co" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_screen_reader_hears_the_reason(model: JobsModel) -> None:
    failure = Failure("JobFault", "code", Text("It broke."), Text("Mend it."))
    model.put([record(0, State.FAILED, failure=failure)])
    described = model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "lote.csv · row 2\nIt broke.\nMend it."


def test_twenty_thousand_rows_come_and_change(qtbot: QtBot) -> None:
    model = JobsModel()
    everything = JobRows(model)
    for start in range(0, 20_000, 1000):
        model.put([record(n) for n in range(start, start + 1000)])
    model.put([record(n, State.RUNNING) for n in range(0, 20_000, 67)])
    assert everything.rowCount() == 20_000
    assert sum(everything.record_at(row).state is State.RUNNING for row in range(20_000)) == 299
