"""Names and how they are said, as a table's rows; how one is said can be written over."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from core.desk.pronunciation import SpokenName
from core.template.doubts import Doubt
from gui.language import wording

Index = QModelIndex | QPersistentModelIndex

NAME = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    HEAR = 0
    NAME = 1
    SAID = 2
    WHY = 3


def language_word(language: str) -> str:
    translate = QCoreApplication.translate
    return {"es": translate("NamesModel", "Spanish"), "en": translate("NamesModel", "English")}.get(language, language)


def doubt_words(name: SpokenName) -> str:
    """Why one should listen to it; empty where nothing says so."""
    translate, letters, language = QCoreApplication.translate, name.letters, language_word(name.language)
    match name.doubt:
        case Doubt.LETTER:
            words = translate("NamesModel", "“{letters}” is not written in {language}")
        case Doubt.FEW:
            words = translate("NamesModel", "“{letters}” can hardly be said as a word")
        case Doubt.PAIR:
            words = translate("NamesModel", "“{letters}” is rare in {language}")
        case _:
            return ""
    return words.format(letters=letters, language=language)


class NamesModel(QAbstractTableModel):
    respelled = Signal(object, str)  # SpokenName, how it is to be said

    def __init__(self) -> None:
        super().__init__()
        self._names: list[SpokenName] = []

    def show_names(self, names: Sequence[SpokenName]) -> None:
        self.beginResetModel()
        self._names = list(names)
        self.endResetModel()

    def renew(self, names: Sequence[SpokenName]) -> None:
        """The same names, said otherwise by now; every row stays where it is."""
        self._names = list(names)
        if names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(names) - 1, len(Column) - 1))

    def names(self) -> list[SpokenName]:
        return list(self._names)

    def name(self, row: int) -> SpokenName | None:
        return self._names[row] if 0 <= row < len(self._names) else None

    @property
    def languages(self) -> int:
        return len({one.language for one in self._names})

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self.renew(self._names)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.SAID else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.name(index.row())
        if name is None:
            return None
        if role == NAME:
            return name
        if role == Qt.ItemDataRole.EditRole:
            return name.said
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._word(Column(index.column()), name)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() != Column.HEAR:
            return wording.tool_tip(self._word(Column(index.column()), name))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name, spelling = self.name(index.row()), " ".join(str(value).split())
        if name is None or role != Qt.ItemDataRole.EditRole:
            return False
        if spelling != name.said:
            self.respelled.emit(name, spelling)
        return True

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("", self.tr("Name"), self.tr("Said as"), self.tr("Why listen"))[section]

    def _word(self, column: Column, name: SpokenName) -> str:
        match column:
            case Column.HEAR:
                return self.tr("Hear")
            case Column.NAME:
                return f"{name.name} · {language_word(name.language)}" if self.languages > 1 else name.name
            case Column.SAID:
                return name.said if name.is_respelled else self.tr("as it is written")
            case Column.WHY:
                return "" if name.is_respelled else doubt_words(name)
