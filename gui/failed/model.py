"""What failed as a tree: the causes, the most frequent first, and under each its films."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.jobs.model import JobRecord
from gui.language import wording
from gui.queue.records_in import RecordsIn

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MANY = 100


class FailedRole(IntEnum):
    CAUSE = Qt.ItemDataRole.UserRole + 1  # the CauseGroup, in its own row only
    RECORD = Qt.ItemDataRole.UserRole + 2  # the JobRecord, in a film's row


@dataclass(slots=True, eq=False)
class CauseGroup:
    """The films that failed with one code. `number` names the group for as long as the window is open."""

    number: int
    code: str
    records: list[JobRecord] = field(default_factory=list)
    _newest: JobRecord | None = None

    @property
    def newest(self) -> JobRecord:
        if self._newest is None:
            self._newest = max(self.records, key=lambda record: record.ended_s)
        return self._newest

    def changed(self) -> None:
        """To be called after `records` was."""
        self._newest = None


class FailedModel(QAbstractItemModel):
    """Changed row by row, so that what is selected and open stays so. When very many come or go at once it is reset
    instead, which is a hundred times as fast in a tree; the view then restores what was selected and open.
    """

    def __init__(self, records: RecordsIn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[CauseGroup] = []
        self._by_number: dict[int, CauseGroup] = {}
        self._group_of: dict[str, CauseGroup] = {}
        self._numbers = 0
        records.changed.connect(self._follow)
        self._follow(records.records(), set())

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not parent.isValid():
            return self.createIndex(row, column, 0) if 0 <= row < len(self._groups) else QModelIndex()
        group = self._groups[parent.row()]
        return self.createIndex(row, column, group.number) if 0 <= row < len(group.records) else QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # QObject has one of its own
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        group = self._by_number.get(index.internalId())
        return self._index_of(group) if group is not None else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()].records)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self._group_at(index)
        if not index.internalId():
            return self._cause_data(group, role)
        return self._film_data(group.records[index.row()], role)

    # What the page asks

    def groups(self) -> Sequence[CauseGroup]:
        return self._groups

    def records_in(self, parent: Index, first: int, last: int) -> list[JobRecord]:
        """The films of the rows from `first` to `last` under `parent`; a cause stands for all of its films."""
        if parent.isValid():
            return self._groups[parent.row()].records[first : last + 1]
        return [record for group in self._groups[first : last + 1] for record in group.records]

    def index_of_record(self, job_id: str) -> QModelIndex:
        group = self._group_of.get(job_id)
        if group is None:
            return QModelIndex()
        row = next(row for row, record in enumerate(group.records) if record.id == job_id)
        return self.createIndex(row, 0, group.number)

    def retranslate(self) -> None:
        for group in self._groups:
            top = self._index_of(group)
            self.dataChanged.emit(top, top)
            self._tell(group, range(len(group.records)))

    # Keeping up

    def _follow(self, there: list[JobRecord], gone: set[str]) -> None:
        if len(there) + len(gone) > _MANY:
            self._make_anew(there, gone)
            return
        moved = {record.id for record in there if self._cause_of(record.id) not in (None, _code(record))}
        for group in list(self._groups):
            self._drop(group, gone | moved)
        fresh: dict[str, list[JobRecord]] = {}
        changed: dict[int, list[JobRecord]] = {}
        for record in there:
            known = self._group_of.get(record.id)
            if known is None:
                fresh.setdefault(_code(record), []).append(record)
            else:
                changed.setdefault(known.number, []).append(record)
        for number, records in changed.items():
            self._replace(self._by_number[number], records)
        for code, records in fresh.items():
            self._add(code, records)
        self._put_in_order()

    def _make_anew(self, there: list[JobRecord], gone: set[str]) -> None:
        self.beginResetModel()
        records = {record.id: record for group in self._groups for record in group.records if record.id not in gone}
        records |= {record.id: record for record in there}
        before = {group.code: group for group in self._groups}
        groups: dict[str, CauseGroup] = {}
        for record in records.values():
            code = _code(record)
            if code not in groups:
                groups[code] = CauseGroup(before[code].number if code in before else self._new_number(), code)
            groups[code].records.append(record)
        self._groups = sorted(groups.values(), key=_order)
        self._by_number = {group.number: group for group in self._groups}
        self._group_of = {record.id: group for group in self._groups for record in group.records}
        self.endResetModel()

    def _new_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _cause_of(self, job_id: str) -> str | None:
        group = self._group_of.get(job_id)
        return None if group is None else group.code

    def _drop(self, group: CauseGroup, gone: set[str]) -> None:
        rows = [row for row, record in enumerate(group.records) if record.id in gone]
        for job_id in gone:
            if self._group_of.get(job_id) is group:
                del self._group_of[job_id]
        if rows and len(rows) == len(group.records):
            at = self._groups.index(group)
            self.beginRemoveRows(_NOWHERE, at, at)
            del self._groups[at]
            del self._by_number[group.number]
            self.endRemoveRows()
        elif rows:
            top = self._index_of(group)
            for first, last in reversed(list(_runs(rows))):
                self.beginRemoveRows(top, first, last)
                del group.records[first : last + 1]
                group.changed()
                self.endRemoveRows()
            self.dataChanged.emit(top, top)

    def _replace(self, group: CauseGroup, records: list[JobRecord]) -> None:
        row_of = {record.id: row for row, record in enumerate(group.records)}
        for record in records:
            group.records[row_of[record.id]] = record
        group.changed()
        self._tell(group, sorted(row_of[record.id] for record in records))

    def _add(self, code: str, records: list[JobRecord]) -> None:
        group = next((one for one in self._groups if one.code == code), None)
        if group is None:
            group = CauseGroup(self._new_number(), code, records)
            self.beginInsertRows(_NOWHERE, len(self._groups), len(self._groups))
            self._groups.append(group)
            self._by_number[group.number] = group
            self.endInsertRows()
        else:
            first = len(group.records)
            top = self._index_of(group)
            self.beginInsertRows(top, first, first + len(records) - 1)
            group.records += records
            group.changed()
            self.endInsertRows()
            self.dataChanged.emit(top, top)
        self._group_of.update((record.id, group) for record in records)

    def _put_in_order(self) -> None:
        wanted = sorted(self._groups, key=_order)
        for place, group in enumerate(wanted):
            now = self._groups.index(group)
            if now != place:
                self.beginMoveRows(_NOWHERE, now, now, _NOWHERE, place)
                self._groups.insert(place, self._groups.pop(now))
                self.endMoveRows()

    def _tell(self, group: CauseGroup, rows: Sequence[int]) -> None:
        for first, last in _runs(rows):
            self.dataChanged.emit(self.createIndex(first, 0, group.number), self.createIndex(last, 0, group.number))

    def _index_of(self, group: CauseGroup) -> QModelIndex:
        return self.createIndex(self._groups.index(group), 0, 0)

    def _group_at(self, index: Index) -> CauseGroup:
        number = index.internalId()
        return self._by_number[number] if number else self._groups[index.row()]

    # Words

    def _cause_data(self, group: CauseGroup, role: int) -> Any:
        failure = group.newest.failure
        what = wording.sentence(failure.what) if failure else ""
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("%Ln film(s): {reason}", "", len(group.records)).format(reason=what)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return wording.sentence(failure.remedy) if failure else ""
            case FailedRole.CAUSE:
                return group
        return None

    def _film_data(self, record: JobRecord, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{record.job.name}, {wording.origin(record)}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{wording.standing(record)} {wording.remedy(record)}".strip()
            case FailedRole.RECORD:
                return record
        return None


def _order(group: CauseGroup) -> tuple[int, str]:
    return -len(group.records), group.code


def _code(record: JobRecord) -> str:
    return record.failure.code if record.failure is not None else ""


def _runs(ordered: Sequence[int]) -> Iterator[tuple[int, int]]:
    """`[1, 2, 5]` → (1, 2), (5, 5)."""
    start = 0
    for end in range(1, len(ordered) + 1):
        if end == len(ordered) or ordered[end] != ordered[end - 1] + 1:
            yield ordered[start], ordered[end - 1]
            start = end
