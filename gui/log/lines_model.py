"""The log's lines as a table's rows: as many as are kept, those that are wanted, the newest last."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from core.logs.lines import LogLine
from core.logs.reading import KEPT
from gui.language.ago import moment
from gui.log.wanted import Wanted

Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole
_SLACK = 5000  # dropped at once, so that not every new line moves all others

_LEVELS: dict[str, Any] = {
    "debug": QT_TRANSLATE_NOOP("LogLevel", "Detail"),
    "info": QT_TRANSLATE_NOOP("LogLevel", "Step"),
    "warning": QT_TRANSLATE_NOOP("LogLevel", "Warning"),
    "error": QT_TRANSLATE_NOOP("LogLevel", "Error"),
    "critical": QT_TRANSLATE_NOOP("LogLevel", "Severe"),
}


class Column(IntEnum):
    WHEN = 0
    LEVEL = 1
    WHAT = 2
    FILM = 3


def level_word(level: str) -> str:
    return QCoreApplication.translate("LogLevel", _LEVELS[level]) if level in _LEVELS else level


def when_word(at: str) -> str:
    """The time of day where this computer is; as it stands where it can't be read."""
    second = _seconds(at)
    return moment(second, time.time()) if second else at


@lru_cache(maxsize=4096)
def _seconds(at: str) -> float:
    try:
        return datetime.fromisoformat(at).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


class LinesModel(QAbstractTableModel):
    def __init__(self, film: Callable[[str], str], kept: int = KEPT) -> None:
        """`film` is the name of a job's film by its id, as far as it is known."""
        super().__init__()
        self._film = film
        self._kept = kept
        self._all: list[LogLine] = []
        self._shown: list[LogLine] = []
        self._begun = 0
        self.wanted = Wanted()

    @property
    def known(self) -> int:
        return len(self._all)

    def lines(self) -> tuple[int, list[LogLine]]:
        """All that are kept: a copy, to be gone through in a thread. The number says which line is the first."""
        return self._begun, list(self._all)

    def shown(self) -> Sequence[LogLine]:
        return self._shown

    def line(self, row: int) -> LogLine | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def begin_with(self, lines: Sequence[LogLine]) -> None:
        self._all = list(lines[-self._kept :])
        self._begun += 1
        self.show_only(self.wanted.of(self._all))

    def show_only(self, lines: list[LogLine]) -> None:
        self.beginResetModel()
        self._shown = lines
        self.endResetModel()

    def add(self, lines: Sequence[LogLine]) -> int:
        """Answers how many of the rows in front went for them."""
        self._all.extend(lines)
        new = self.wanted.of(lines)
        if new:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(new) - 1)
            self._shown.extend(new)
            self.endInsertRows()
        return self._drop_oldest()

    def _drop_oldest(self) -> int:
        if len(self._all) <= self._kept + _SLACK:
            return 0
        gone = self._all[: len(self._all) - self._kept]
        del self._all[: len(gone)]
        self._begun += 1
        rows = len(self.wanted.of(gone))
        if rows:
            self.beginRemoveRows(QModelIndex(), 0, rows - 1)
            del self._shown[:rows]
            self.endRemoveRows()
        return rows

    def films_told(self) -> None:
        """Names of films have become known."""
        if self._shown:
            last = self.index(len(self._shown) - 1, Column.FILM)
            self.dataChanged.emit(self.index(0, Column.FILM), last)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE:
            return line
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._word(Column(index.column()), line)

    def _word(self, column: Column, line: LogLine) -> str:
        match column:
            case Column.WHEN:
                return when_word(line.at)
            case Column.LEVEL:
                return level_word(line.level)
            case Column.WHAT:
                return f"{line.message} {line.rest}".rstrip()
            case Column.FILM:
                return self._film(line.job) if line.job else ""

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("When"), self.tr("Level"), self.tr("What happened"), self.tr("Film"))[section]
