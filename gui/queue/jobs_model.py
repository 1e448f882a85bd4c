"""All jobs as one table, changed row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from core.events import JobProgress
from core.jobs.model import Batch, Job, JobRecord, Sketch, State
from gui.queue import row_words
from gui.queue.columns import Column, Role
from gui.queue.pace import Pace
from gui.queue.tally import Tally

__all__ = ["Column", "JobsModel", "Role"]

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FEW_RUNS = 20


class JobsModel(QAbstractTableModel):
    """Rows stay where they are; new jobs come at the end. Never reset while the window is open."""

    tallies_changed = Signal(object)  # frozenset[str]: ids of the batches that stand differently now
    batches_changed = Signal()  # a batch came or went

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[JobRecord] = []
        self._row_of: dict[str, int] = {}
        self._tallies: dict[str, Tally] = {}
        self._unread = 0
        self.pace = Pace()

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return self.told(index.row(), Column(index.column()), role)

    def told(self, row: int, column: Column, role: int) -> Any:
        """What a cell answers; proxies ask here, without making an index first."""
        record = self._rows[row]
        match role:
            case Role.RECORD:
                return record
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row_words.words(record, column, self.pace)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return row_words.description(record)
            case Qt.ItemDataRole.ToolTipRole:
                return row_words.hint(record, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return row_words.title(Column(section))

    # What the window asks

    def record_at(self, row: int) -> JobRecord:
        return self._rows[row]

    def record(self, job_id: str) -> JobRecord | None:
        row = self._row_of.get(job_id)
        return None if row is None else self._rows[row]

    def row_of(self, job_id: str) -> int:
        """-1 if it is not known."""
        return self._row_of.get(job_id, -1)

    def records(self) -> Sequence[JobRecord]:
        """All of them, as they stand; to be looked at only."""
        return self._rows

    @property
    def unread(self) -> int:
        """Of so many rows only the state is known so far."""
        return self._unread

    def unread_among(self, rows: Iterable[int]) -> list[str]:
        return [self._rows[row].id for row in rows if not is_read(self._rows[row])]

    def tallies(self) -> list[Tally]:
        """The newest batch first."""
        return sorted(self._tallies.values(), key=lambda tally: tally.batch.id, reverse=True)

    def count(self, state: State, batch: str = "") -> int:
        """Of one batch, or of all."""
        if batch:
            return self._tallies[batch].counts[state] if batch in self._tallies else 0
        return sum(tally.counts[state] for tally in self._tallies.values())

    def made_fraction(self) -> float:
        """How much is made of the batches that are not over, 0 to 1."""
        open_ = [tally for tally in self._tallies.values() if not tally.over]
        total = sum(tally.total for tally in open_)
        return sum(tally.made_fraction * tally.total for tally in open_) / total if total else 0.0

    # What the bridge brings

    def put_batches(self, batches: Sequence[Batch]) -> None:
        told = {batch.id for batch in batches}
        for known, tally in list(self._tallies.items()):
            if known not in told and not tally.counts.total():
                del self._tallies[known]
        self.add_batches(batches)

    def add_batches(self, batches: Sequence[Batch]) -> None:
        for batch in batches:
            self._tally(batch.id).batch = batch
        self.batches_changed.emit()

    def put_overview(self, overview: Sequence[Sketch]) -> None:
        """Rows for jobs of which only that much is known yet: `put` brings the rest."""
        fresh = [_unread(one) for one in overview if one.id not in self._row_of]
        if fresh:
            self._unread += len(fresh)
            self._append(fresh)
            self._tell_tallies({record.job.batch for record in fresh})

    def put(self, records: Sequence[JobRecord]) -> None:
        """Takes in new jobs and what changed about known ones."""
        fresh = {record.id: record for record in records if record.id not in self._row_of}
        known = [record for record in records if record.id in self._row_of]
        changed = [self._replace(self._row_of[record.id], record) for record in known]
        if fresh:
            self._append(list(fresh.values()))
        self._tell(row for row in changed if row >= 0)
        self._tell_tallies(record.job.batch for record in records)

    def put_progress(self, news: Sequence[JobProgress]) -> None:
        rows = [self._advance(one) for one in news]
        self._tell(row for row in rows if row >= 0)
        self._tell_tallies(one.batch for one in news)

    def keep_only(self, ids: Collection[str]) -> None:
        """Lets go of the jobs that are gone from the store."""
        gone = list(_runs([row for row, record in enumerate(self._rows) if record.id not in ids]))
        if len(gone) > _FEW_RUNS:
            self.beginResetModel()
            self._drop(gone)
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, last)
            self._drop([(first, last)])
            self.endRemoveRows()
        self._number_rows()  # by the records' own ids: those of the sketches are let go of

    def _drop(self, runs: Sequence[tuple[int, int]]) -> None:
        for first, last in reversed(runs):
            for record in self._rows[first : last + 1]:
                self._tally(record.job.batch).remove(record)
                self._unread -= not is_read(record)
            del self._rows[first : last + 1]
        self._number_rows()

    def _number_rows(self) -> None:
        self._row_of = {record.job.id: row for row, record in enumerate(self._rows)}

    def retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _append(self, records: list[JobRecord]) -> None:
        first = len(self._rows)
        self.beginInsertRows(_NOWHERE, first, first + len(records) - 1)
        for record in records:
            self._row_of[record.id] = len(self._rows)
            self._rows.append(record)
            self._tally(record.job.batch).add(record)
            self.pace.finished(record)
        self.endInsertRows()

    def _advance(self, news: JobProgress) -> int:
        row = self._row_of.get(news.job_id, -1)
        if row < 0 or self._rows[row].state is not State.RUNNING:
            return -1
        if news.fraction < self._rows[row].fraction:
            return -1  # late: it would move the bar backwards
        return self._replace(row, replace(self._rows[row], stage=news.stage, fraction=news.fraction))

    def _replace(self, row: int, record: JobRecord) -> int:
        """The row if something about it changed, else -1."""
        before = self._rows[row]
        if _same_attempt(before, record) and before.fraction > record.fraction:
            # The store hears of progress less often than the window does.
            record = replace(record, stage=before.stage, fraction=before.fraction)
        if before == record:
            return -1
        if not is_read(before):
            self._unread -= 1
        if before.state is not record.state:
            self.pace.finished(record)
        tally = self._tally(record.job.batch)
        tally.remove(before)
        tally.add(record)
        self._rows[row] = record
        return row

    def _tell(self, rows: Iterable[int]) -> None:
        for first, last in _runs(sorted(set(rows))):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _tell_tallies(self, batches: Iterable[str]) -> None:
        if changed := frozenset(batches):
            self.tallies_changed.emit(changed)

    def _tally(self, batch_id: str) -> Tally:
        if batch_id not in self._tallies:
            self._tallies[batch_id] = Tally(Batch(id=batch_id, name="", total=0))
        return self._tallies[batch_id]


def is_read(record: JobRecord) -> bool:
    """False for a row whose job is still to be read: see `JobsModel.put_overview`."""
    return bool(record.job.template)


def _unread(sketch: Sketch) -> JobRecord:
    job = Job(sketch.id, sketch.batch, 0, "", "", "", "", "", "")
    return JobRecord(job, sketch.state, place=sketch.place)


def _same_attempt(one: JobRecord, other: JobRecord) -> bool:
    return one.state is other.state is State.RUNNING and one.epoch == other.epoch


def _runs(ordered: Sequence[int]) -> Iterator[tuple[int, int]]:
    """`[1, 2, 5]` → (1, 2), (5, 5)."""
    start = 0
    for end in range(1, len(ordered) + 1):
        if end == len(ordered) or ordered[end] != ordered[end - 1] + 1:
            yield ordered[start], ordered[end - 1]
            start = end
