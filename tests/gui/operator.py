"""Somebody before the window: drops, clicks and types, and looks. Calls no slot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.jobs.model import JobRecord, State
from gui.main_window import MainWindow
from gui.queue.jobs_model import Column, Role
from gui.queue.row_actions import RowAction, actions_of, button_rects

_KEYS = Qt.KeyboardModifier
_LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 30_000  # for a machine busy with other things


class Operator:
    def __init__(self, window: MainWindow, bot: QtBot) -> None:
        self.window = window
        self._bot = bot

    def until(self, met: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
        try:
            self._bot.waitUntil(met, timeout=patience_ms)
        except self._bot.TimeoutError as error:
            raise AssertionError(f"waited {patience_ms} ms in vain; {self._seen()}") from error

    def _seen(self) -> str:
        """What an operator would say about the window when something doesn't come."""
        focus = QApplication.focusWidget()
        return (
            f"active {self.window.isActiveWindow()}, "
            f"focus {type(focus).__name__} {focus.accessibleName() if focus else ''!r}, "
            f"banner {self.window.banner.accessibleName()!r}, sheet open {self.window.sheet.is_open}, "
            f"complaint {self.window.sheet.complaint()!r}, states {[state.value for state in self.states()]}"
        )

    def hold_over(self, *files: Path) -> None:
        mime = _mime(files)  # an event does not keep it alive
        event = QDragEnterEvent(QPoint(500, 300), Qt.DropAction.CopyAction, mime, _LEFT, _KEYS.NoModifier)
        QApplication.sendEvent(self.window, event)
        assert event.isAccepted()

    def drop(self, *files: Path) -> None:
        self.hold_over(*files)
        mime = _mime(files)
        event = QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, mime, _LEFT, _KEYS.NoModifier)
        QApplication.sendEvent(self.window, event)
        assert event.isAccepted()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, _LEFT)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _KEYS.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)

    def choose_in_menu(self, action: QAction) -> None:
        """A menu's entry is chosen by its key in real life; what is tested is that it is there and does it."""
        assert action in {entry for menu in self._menus() for entry in menu}
        assert action.isEnabled()
        action.trigger()

    def _menus(self) -> list[list[QAction]]:
        found: list[list[QAction]] = []
        todo = list(self.window.menuBar().actions())
        while todo:
            menu = todo.pop().menu()
            if isinstance(menu, QWidget):
                found.append(menu.actions())
                todo += menu.actions()
        return found

    # The queue

    def records(self) -> list[JobRecord]:
        rows = self.window.queue.rows
        return [rows.index(row, 0).data(Role.RECORD) for row in range(rows.rowCount())]

    def states(self) -> list[State]:
        return [record.state for record in self.records()]

    def row_of(self, name: str) -> int:
        return [record.job.name for record in self.records()].index(name)

    def click_row(self, name: str) -> None:
        self._click_at(self.window.queue.table, self._cell(name, Column.FILM))

    def double_click_row(self, name: str) -> None:
        table = self.window.queue.table
        place = table.visualRect(self._cell(name, Column.FILM)).center()
        QTest.mouseClick(table.viewport(), _LEFT, _KEYS.NoModifier, place)
        QTest.mouseDClick(table.viewport(), _LEFT, _KEYS.NoModifier, place)

    def click_button(self, name: str, action: RowAction) -> None:
        """One of the buttons that are painted at the end of a row."""
        self._click_painted(self.window.queue.table, self._cell(name, Column.ACTIONS), action)

    def _cell(self, name: str, column: Column) -> QModelIndex:
        return self.window.queue.rows.index(self.row_of(name), column)

    def _click_at(self, view: QAbstractItemView, index: QModelIndex) -> None:
        QTest.mouseClick(view.viewport(), _LEFT, _KEYS.NoModifier, view.visualRect(index).center())

    def _click_painted(self, view: QAbstractItemView, index: QModelIndex, action: RowAction) -> None:
        view.scrollTo(index)
        record: JobRecord = index.data(Role.RECORD)
        painted = dict(button_rects(actions_of(record.state), QRectF(view.visualRect(index))))
        place = painted[action].center().toPoint()
        QTest.mouseMove(view.viewport(), place)
        QTest.mouseClick(view.viewport(), _LEFT, _KEYS.NoModifier, place)


def _mime(files: tuple[Path, ...]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime
