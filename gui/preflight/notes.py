"""Two lines of the preflight sheet: what the batch will cost, and how far its template is made ready."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.desk.money import Estimate
from core.events import TemplateWarming


class PreflightNotes(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._estimate: Estimate | None = None
        self._ready = 1.0
        self._cost = QLabel()
        self._warming = QLabel()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        for label in (self._cost, self._warming):
            label.setObjectName("second")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            lay.addWidget(label)
        self._show()

    def show_cost(self, estimate: Estimate | None) -> None:
        self._estimate = estimate
        self._show()

    def show_warming(self, warming: TemplateWarming) -> None:
        self._ready = warming.fraction
        self._show()

    def said(self) -> list[str]:
        """The lines that are seen."""
        return [label.text() for label in (self._cost, self._warming) if label.text()]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        self._cost.setText(self._what_it_costs())
        ready = self.tr("The template is being made ready: {percent} %").format(percent=round(100 * self._ready))
        self._warming.setText("" if self._ready >= 1 else ready)
        for label in (self._cost, self._warming):
            label.setVisible(bool(label.text()))
        self.setVisible(bool(self.said()))

    def _what_it_costs(self) -> str:
        told = self._estimate
        if told is None or not (told.usd or told.one_by_one.usd):
            return ""
        cost = self.tr("About {dollars} US$ for services").format(dollars=f"{told.usd:.2f}")
        if not told.one_by_one.characters:
            return cost
        saved = 1 - told.speech.characters / told.one_by_one.characters
        words = self.tr("{characters} characters of speech, {percent} % less than film by film")
        return f"{cost}: {words.format(characters=f'{told.speech.characters:,}', percent=round(100 * saved))}"
