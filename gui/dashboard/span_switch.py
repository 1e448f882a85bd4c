"""Hour, day, season: how far back the dashboard looks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from core.metrics.history import Span


class SpanSwitch(QWidget):
    """Arrow keys go from one to the next. `actions_` have their keys; whoever owns the page adds them to it."""

    chosen = Signal(object)  # Span

    def __init__(self) -> None:
        super().__init__()
        self._buttons = {span: QPushButton() for span in Span}
        self.actions_ = {span: QAction(self) for span in Span}
        choice = QButtonGroup(self)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        for number, (span, button) in enumerate(self._buttons.items(), start=1):
            button.setObjectName("chip")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.toggled.connect(lambda on, span=span: self.chosen.emit(span) if on else None)
            choice.addButton(button)
            lay.addWidget(button)
            action = self.actions_[span]
            action.setShortcut(QKeySequence(f"Alt+{number}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, span=span: self.choose(span))
        self._buttons[Span.DAY].setChecked(True)
        self._retranslate()

    @property
    def span(self) -> Span:
        return next(span for span, button in self._buttons.items() if button.isChecked())

    def button(self, span: Span) -> QPushButton:
        return self._buttons[span]

    def choose(self, span: Span) -> None:
        self._buttons[span].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = {
            Span.HOUR: (self.tr("Hour"), self.tr("The last hour, minute by minute")),
            Span.DAY: (self.tr("Day"), self.tr("The last 24 hours, hour by hour")),
            Span.SEASON: (self.tr("Season"), self.tr("The last 100 days, day by day")),
        }
        for span, (word, tip) in words.items():
            keys = self.actions_[span].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self._buttons[span].setText(word)
            self._buttons[span].setToolTip(f"{tip} ({keys})")
            self._buttons[span].setAccessibleDescription(tip)
            self.actions_[span].setText(word)
