"""The jobs as the queue shows them: those that are wanted, in the order that is wanted.

A proxy of its own: Qt’s asks a Python method about every row of 20,000 at each change of the filter, and removes what
does not fit one by one, which takes seconds. Here the order is a sorted list of keys (`FiledRows`); single rows come,
go and move in it, and a whole new list is made in slices between which the window goes on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from core.jobs.model import ENDED, JobRecord
from gui.queue.columns import Column
from gui.queue.filed_rows import Filed, FiledRows
from gui.queue.job_dragging import JOBS_MIME, ids_in, mime_for
from gui.queue.jobs_model import JobsModel
from gui.queue.wanted import SortBy, Wanted, key_of

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_DRAGGED = _PLAIN | Qt.ItemFlag.ItemIsDragEnabled
_SLICE_S = 0.004
_LOOK_EVERY = 100
_REFILE_MS = 100
_ONE_BY_ONE = 60  # more changes of place than that make a new list
_DATA_AT_ONCE = 24

_SORTS = {
    Column.FILM: SortBy.FILM,
    Column.STATE: SortBy.STATE,
    Column.PROGRESS: SortBy.PROGRESS,
    Column.WORKER: SortBy.WORKER,
    Column.TIME: SortBy.TIME,
}


class JobRows(QAbstractTableModel):
    arranged = Signal(object, str, str)  # list[str]: jobs dragged; between which two others (empty: none)
    settled = Signal()  # a new filter or order is in place

    def __init__(self, jobs: JobsModel) -> None:
        super().__init__()
        self._jobs = jobs
        self._wanted = Wanted()
        self._sort = SortBy.PLACE
        self._falling = False
        self._rows = FiledRows()
        self._stale: set[int] = set()
        self._making: Iterator[None] | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._refile)
        self._next_slice = QTimer(self)
        self._next_slice.setSingleShot(True)
        self._next_slice.timeout.connect(self._go_on)
        jobs.dataChanged.connect(self._changed)
        jobs.rowsInserted.connect(self._inserted)
        jobs.rowsRemoved.connect(self._renumbered)
        jobs.modelReset.connect(self._renumbered)
        jobs.headerDataChanged.connect(self._retranslated)
        self._make_anew()

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return self._jobs.told(self._rows.source_row(index.row()), Column(index.column()), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._jobs.headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        record = self.record_at(index.row())
        dragged = record.result is not None or (self.can_arrange and record.state not in ENDED)
        return _DRAGGED if dragged else _PLAIN

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        """Never to move: another program would take the film away."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [JOBS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Jobs that wait can be put elsewhere in the queue; films that are made, into another program."""
        records = [self.record_at(row) for row in sorted({index.row() for index in indexes})]
        return mime_for(records, can_arrange=self.can_arrange)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Answers False: nothing moved yet. The store moves the jobs, and the news of it moves the rows."""
        ids = ids_in(data)
        if ids and self.can_arrange:
            moved = set(ids)
            before = self._first_other(range(row - 1, -1, -1), moved)
            behind = self._first_other(range(row, len(self._rows)), moved)
            if before or behind:
                self.arranged.emit(ids, before, behind)
        return False

    # What the page asks

    @property
    def wanted(self) -> Wanted:
        return self._wanted

    @property
    def sort_by(self) -> SortBy:
        return self._sort

    @property
    def can_arrange(self) -> bool:
        """Only what is shown in the order of the queue can be put into another."""
        return self._sort is SortBy.PLACE and not self._falling

    @property
    def busy(self) -> bool:
        """A new list is being made."""
        return self._making is not None

    def want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            narrower = wanted.narrows(self._wanted) and not self.busy and not self._stale
            self._wanted = wanted
            self._make_anew(self._rows.source_rows() if narrower else None)

    def sort_rows(self, by: SortBy, *, falling: bool = False) -> None:
        if (by, falling) != (self._sort, self._falling):
            self._sort, self._falling = by, falling
            self._make_anew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A click on a header; -1: the order of the queue."""
        by = _SORTS.get(Column(column), SortBy.PLACE) if column >= 0 else SortBy.PLACE
        self.sort_rows(by, falling=column >= 0 and order is Qt.SortOrder.DescendingOrder)

    def record_at(self, row: int) -> JobRecord:
        return self._jobs.record_at(self._rows.source_row(row))

    def row_of(self, job_id: str) -> int:
        """-1 when it is not to be seen."""
        filed = self._rows.key_of(self._jobs.row_of(job_id))
        return -1 if filed is None else self._rows.row(filed)

    def unread_among(self, rows: range) -> list[str]:
        """The ids of those rows of which only the state is known so far."""
        return self._jobs.unread_among(self._rows.source_row(row) for row in rows if row < len(self._rows))

    def following(self, job_id: str, count: int) -> list[str]:
        """The ids of a job and of those behind it that have not ended, `count` at most."""
        start = self.row_of(job_id)
        if start < 0:
            return []
        records = (self.record_at(row) for row in range(start, min(len(self._rows), start + 4 * count)))
        return [record.id for record in records if record.state not in ENDED][:count]

    def _first_other(self, rows: range, moved: set[str]) -> str:
        return next((found for row in rows if (found := self.record_at(row).id) not in moved), "")

    # Keeping up

    def _key(self, source_row: int) -> Filed | None:
        record = self._jobs.record_at(source_row)
        return (key_of(record, self._sort), source_row) if self._wanted.accepts(record) else None

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        source_rows = range(first.row(), last.row() + 1)
        if self._making is not None:
            self._stale.update(source_rows)
        shown = []
        for source_row in source_rows:
            before = self._rows.key_of(source_row)
            if before is not None:
                shown.append(self._rows.row(before))
            if self._making is None and self._key(source_row) != before:
                self._stale.add(source_row)
        if self._stale and self._making is None and not self._again.isActive():
            self._again.start(_REFILE_MS)
        runs = [(min(shown), max(shown))] if len(shown) > _DATA_AT_ONCE else [(row, row) for row in shown]
        for top, bottom in runs:
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(Column) - 1))

    def _inserted(self, _: Index, first: int, last: int) -> None:
        """New jobs: mostly behind everything that is there, so all at once."""
        if self._making is not None:
            self._stale.update(range(first, last + 1))
            return
        fresh = sorted(key for row in range(first, last + 1) if (key := self._key(row)) is not None)
        if fresh and self._rows.is_behind(fresh[0]):
            at = 0 if self._falling else len(self._rows)
            self.beginInsertRows(_NOWHERE, at, at + len(fresh) - 1)
            self._rows.add_behind(fresh)
            self.endInsertRows()
        elif len(fresh) <= _ONE_BY_ONE:
            for key in fresh:
                self._insert(key)
        else:
            self._make_anew()

    def _renumbered(self, *_: object) -> None:
        """Rows of the source have other numbers now. It happens when a queue is cleaned up."""
        self._make_anew(at_once=True)

    def _refile(self) -> None:
        """Puts the rows whose key changed where they belong now."""
        if self._making is not None:
            return
        stale, self._stale = self._stale, set()
        if len(stale) > _ONE_BY_ONE:
            self._make_anew()
            return
        for source_row in stale:
            before, after = self._rows.key_of(source_row), self._key(source_row)
            if before is None and after is not None:
                self._insert(after)
            elif before is not None and after is None:
                self._remove(before)
            elif before is not None and after is not None and before != after:
                self._move(before, after)

    def _insert(self, key: Filed) -> None:
        row = self._rows.row_for(key)
        self.beginInsertRows(_NOWHERE, row, row)
        self._rows.add(key)
        self.endInsertRows()

    def _remove(self, key: Filed) -> None:
        row = self._rows.row(key)
        self.beginRemoveRows(_NOWHERE, row, row)
        self._rows.remove(key)
        self.endRemoveRows()

    def _move(self, before: Filed, after: Filed) -> None:
        """As one step, so that a selected row stays selected."""
        source, end = self._rows.row(before), self._rows.row_for(after)
        moves = end not in (source, source + 1)
        if moves:
            self.beginMoveRows(_NOWHERE, source, source, _NOWHERE, end)
        self._rows.replace(before, after)
        if moves:
            self.endMoveRows()

    def _retranslated(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    # A new list, in slices

    def _make_anew(self, among: Sequence[int] | None = None, *, at_once: bool = False) -> None:
        self._stale.clear()
        self._making = self._made_anew(range(self._jobs.rowCount()) if among is None else among, at_once)
        self._go_on()

    def _go_on(self) -> None:
        if self._making is not None and next(self._making, self) is not self:
            self._next_slice.start(0)

    def _made_anew(self, source_rows: Sequence[int], at_once: bool) -> Iterator[None]:
        filed: list[Filed] = []
        part: list[Filed] = []  # sorted with its slice, so that at the end there is little left to sort
        until = time.perf_counter() + _SLICE_S
        for number, source_row in enumerate(source_rows):
            key = self._key(source_row)
            if key is not None:
                part.append(key)
            if (number + 1) % _LOOK_EVERY == 0 and not at_once and time.perf_counter() > until:
                filed += sorted(part)
                part = []
                yield
                until = time.perf_counter() + _SLICE_S
        filed += sorted(part)
        self.beginResetModel()
        self._rows = FiledRows(filed, falling=self._falling)
        self._making = None
        self.endResetModel()
        if self._stale:
            self._again.start(0)
        self.settled.emit()
