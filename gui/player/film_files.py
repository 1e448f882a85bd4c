"""A finished film handed to somebody else: dragged out of the window, copied as a path, shown by the system."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from core.jobs.model import JobRecord


def films_of(records: Sequence[JobRecord]) -> list[Path]:
    """Where the finished ones' films are."""
    return [Path(record.result.output) for record in records if record.result is not None]


def mime_of(films: Sequence[Path]) -> QMimeData:
    """As files for a mail or a folder, and as text for a cell or a chat."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(film)) for film in films])
    mime.setText("\n".join(map(str, films)))
    return mime


def is_drag(pressed_at: QPoint, now_at: QPoint) -> bool:
    """Whether the mouse has gone far enough from where it was pressed."""
    return (now_at - pressed_at).manhattanLength() >= QApplication.startDragDistance()


def drag_films(source: QWidget, films: Sequence[Path], picture: QPixmap | None = None) -> bool:
    """Lets the user drop the films into another program; copies, never moves. True if somebody took them.

    Whether they are still there is not asked: a share that went away can take a minute to say so.
    """
    drag = QDrag(source)
    drag.setMimeData(mime_of(films))
    if picture is not None:
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(picture.width() // 2, picture.height() // 2))
    return drag.exec(Qt.DropAction.CopyAction) is not Qt.DropAction.IgnoreAction


def copy_paths(films: Sequence[Path]) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of(films))
