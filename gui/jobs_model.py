"""All jobs as one table, changed row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from core.events import JobProgress
from core.jobs.model import ENDED, Batch, JobRecord, State
from gui import wording
from gui.tally import Tally

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    FILM = 0
    STATE = 1
    PROGRESS = 2
    ACTIONS = 3


class Role(IntEnum):
    RECORD = Qt.ItemDataRole.UserRole + 1  # the JobRecord, in every column of its row


class JobsModel(QAbstractTableModel):
    """Rows stay where they are; new jobs come at the end. Never reset while the window is open."""

    tallies_changed = Signal(object)  # frozenset[str]: ids of the batches that stand differently now
    batches_changed = Signal()  # a batch came or went

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[JobRecord] = []
        self._row_of: dict[str, int] = {}
        self._tallies: dict[str, Tally] = {}

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(record, column)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                told = (wording.origin(record), wording.standing(record), wording.remedy(record))
                return "\n".join(filter(None, told))
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(record, column)
            case Role.RECORD:
                return record
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        match section:
            case Column.FILM:
                return self.tr("Film")
            case Column.STATE:
                return self.tr("State")
            case Column.PROGRESS:
                return self.tr("Progress")
        return ""

    # What the window asks

    def record_at(self, row: int) -> JobRecord:
        return self._rows[row]

    def record(self, job_id: str) -> JobRecord | None:
        row = self._row_of.get(job_id)
        return None if row is None else self._rows[row]

    def tallies(self) -> list[Tally]:
        """The newest batch first."""
        return sorted(self._tallies.values(), key=lambda tally: tally.batch.id, reverse=True)

    def count(self, state: State) -> int:
        return sum(tally.counts[state] for tally in self._tallies.values())

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
        gone = [row for row, record in enumerate(self._rows) if record.id not in ids]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(_NOWHERE, first, last)
            for record in self._rows[first : last + 1]:
                self._tally(record.job.batch).remove(record)
            del self._rows[first : last + 1]
            self._row_of = {record.id: row for row, record in enumerate(self._rows)}
            self.endRemoveRows()

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

    def _words(self, record: JobRecord, column: Column) -> str:
        match column:
            case Column.FILM:
                return record.job.name
            case Column.STATE:
                return wording.state_word(record.state)
            case Column.PROGRESS if record.state is State.RUNNING:
                return f"{wording.standing(record)} · {wording.percent(record.fraction)}"
            case Column.PROGRESS:
                return wording.standing(record)
        return ""

    def _hint(self, record: JobRecord, column: Column) -> str:
        reason = (wording.standing(record), wording.remedy(record))
        match column:
            case Column.FILM:
                why = reason if wording.remedy(record) else ()
                return wording.tool_tip(record.job.name, wording.origin(record), *why, record.job.output)
            case Column.PROGRESS if any(reason):
                return wording.tool_tip(*reason)
            case Column.ACTIONS if record.state is State.DONE:
                return self.tr("Enter opens the film, Ctrl+Enter its folder")
            case Column.ACTIONS if record.state not in ENDED:
                return self.tr("Del cancels the selected films")
        return ""


def _same_attempt(one: JobRecord, other: JobRecord) -> bool:
    return one.state is other.state is State.RUNNING and one.epoch == other.epoch


def _runs(ordered: Sequence[int]) -> Iterator[tuple[int, int]]:
    """`[1, 2, 5]` → (1, 2), (5, 5)."""
    start = 0
    for end in range(1, len(ordered) + 1):
        if end == len(ordered) or ordered[end] != ordered[end - 1] + 1:
            yield ordered[start], ordered[end - 1]
            start = end
