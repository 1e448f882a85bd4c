"""The window's pages, in the order of the rail. A new one is a line here, and its widget in the main window."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Page(StrEnum):
    """The value names its icon."""

    QUEUE = "queue"
    REVIEW = "review"
    FAILED = "failed"
    DASHBOARD = "dashboard"
    LOG = "log"
    SETTINGS = "settings"

    @property
    def key(self) -> str:
        return f"Ctrl+{[*Page].index(self) + 1}"

    @property
    def word(self) -> str:
        return QCoreApplication.translate("Page", _WORDS[self][0])

    @property
    def tip(self) -> str:
        return QCoreApplication.translate("Page", _WORDS[self][1])


_WORDS: dict[Page, tuple[Any, Any]] = {
    Page.QUEUE: (QT_TRANSLATE_NOOP("Page", "Queue"), QT_TRANSLATE_NOOP("Page", "What is being made and what was made")),
    Page.REVIEW: (QT_TRANSLATE_NOOP("Page", "Review"), QT_TRANSLATE_NOOP("Page", "Films that wait for your approval")),
    Page.FAILED: (QT_TRANSLATE_NOOP("Page", "Failed"), QT_TRANSLATE_NOOP("Page", "What could not be made, and why")),
    Page.DASHBOARD: (
        QT_TRANSLATE_NOOP("Page", "Dashboard"),
        QT_TRANSLATE_NOOP("Page", "How the work goes, what it costs, and whether all is well"),
    ),
    Page.LOG: (QT_TRANSLATE_NOOP("Page", "Log"), QT_TRANSLATE_NOOP("Page", "What the program did, line by line")),
    Page.SETTINGS: (
        QT_TRANSLATE_NOOP("Page", "Settings"),
        QT_TRANSLATE_NOOP("Page", "How Trineo works, and the services it uses"),
    ),
}
