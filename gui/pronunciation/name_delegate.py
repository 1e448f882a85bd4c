"""How a name's row is painted, and the field in which it is respelled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.desk.pronunciation import SpokenName
from gui.look.drawing import draw_line
from gui.look.icons import draw_icon
from gui.look.theme import Theme, font
from gui.pronunciation.names_model import NAME, Column

Index = QModelIndex | QPersistentModelIndex

ROW_PX = 40
_PAD = 12
_SHAPE = 16


class NameDelegate(QStyledItemDelegate):
    draft_wanted = Signal(str)  # what is typed so far is to be heard

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sounding = -1  # the row that is heard

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(48, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        name: SpokenName = index.data(NAME)
        colours, cell = self._theme.palette, QRectF(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(cell, QColor(colours.chosen if chosen else colours.panel))
        inside, words = cell.adjusted(_PAD, 0, -4, 0), str(index.data())
        match Column(index.column()):
            case Column.HEAR:
                shape = QRectF(cell.center().x() - _SHAPE / 2, cell.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
                sounds = index.row() == self.sounding
                draw_icon(
                    painter, "volume" if sounds else "play", shape, colours.accent_text if sounds else colours.text
                )
            case Column.NAME:
                draw_line(painter, inside, words, font(weight=QFont.Weight.DemiBold), colours.text)
            case Column.SAID:
                self._said(painter, inside, name, words)
            case Column.WHY:
                self._why(painter, inside, words)
        painter.restore()

    def _said(self, painter: QPainter, where: QRectF, name: SpokenName, words: str) -> None:
        colours = self._theme.palette
        if not name.is_respelled:
            draw_line(painter, where, words, font(), colours.second)
            return
        draw_icon(painter, "edit", QRectF(where.left(), where.center().y() - 7, 14, 14), colours.accent_text)
        draw_line(painter, where.adjusted(22, 0, 0, 0), words, font(weight=QFont.Weight.Medium), colours.text)

    def _why(self, painter: QPainter, where: QRectF, words: str) -> None:
        if words:
            colour = self._theme.palette.waiting_text
            draw_icon(painter, "warning", QRectF(where.left(), where.center().y() - 7, 14, 14), colour)
            draw_line(painter, where.adjusted(22, 0, 0, 0), words, font(), colour)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("How {name} is said").format(name=index.data(NAME).name))
        editor.setMaxLength(200)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Space and held:
                self.draft_wanted.emit(watched.text())
                return True
        return super().eventFilter(watched, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 3, -2, -3))
