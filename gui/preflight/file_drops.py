"""Files held over the window or dropped on it, wherever on it that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui.preflight.drop_overlay import DropOverlay

Take = Callable[[Sequence[Path]], None]


class FileDrops(QObject):
    """Watches a window. What is dragged out of the window itself is no new work and is left alone."""

    def __init__(self, window: QWidget, overlay: DropOverlay, take: Take) -> None:
        super().__init__(window)
        self._overlay = overlay
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                if _from_outside(event) and _files_in(event.mimeData()):
                    event.acceptProposedAction()
                    self._overlay.cover()
                    return True
            case QEvent.Type.DragLeave:
                self._overlay.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._overlay.hide()
                if _from_outside(event):
                    event.acceptProposedAction()
                    self._take(_files_in(event.mimeData()))
                    return True
        return False


def _from_outside(event: QDropEvent) -> bool:
    return event.source() is None


def _files_in(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
