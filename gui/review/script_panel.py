"""The words of the film that is looked at, section by section, to read along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.desk.review import Spoken
from core.jobs.model import JobRecord
from gui.language import wording
from gui.widgets.panel import scrolled, well, words

_SECTIONS: dict[str, Any] = {
    "intro": QT_TRANSLATE_NOOP("ScriptPanel", "At the beginning"),
    "message": QT_TRANSLATE_NOOP("ScriptPanel", "The message"),
    "outro": QT_TRANSLATE_NOOP("ScriptPanel", "At the end"),
}


class ScriptPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: JobRecord | None = None
        self._note = ""
        self._said: list[Spoken] = []
        self._name = words("heading")
        self._origin = words("small")
        self._made = words("small")
        self._texts = QVBoxLayout()
        self._texts.setSpacing(4)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(16, 12, 12, 12)
        inside.addLayout(self._texts)
        inside.addStretch(1)
        self._scroll = scrolled(content)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(2)
        for label in (self._name, self._origin, self._made):
            lay.addWidget(label)
        lay.addSpacing(8)
        lay.addWidget(well(self._scroll, edge=True), 1)
        self._retranslate()

    def lines(self) -> list[str]:
        """What Santa says, as it is shown."""
        return [part.text for part in self._said]

    def show_record(self, record: JobRecord | None, note: str) -> None:
        """`note`: why it is here, e.g. that every fifth film of its batch is."""
        self._record = record
        self._name.setText(record.job.name if record else "")
        self.say_why(note)
        self.show_script([])

    def say_why(self, note: str) -> None:
        self._note = note
        record = self._record
        self._origin.setText(wording.origin(record) if record else "")
        self._made.setText(" · ".join(filter(None, (wording.standing(record) if record else "", note))))

    def show_script(self, said: Sequence[Spoken]) -> None:
        self._said = list(said)
        while (item := self._texts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for part in self._said:
            title = words("small")
            known = _SECTIONS.get(part.section)
            title.setText(QCoreApplication.translate("ScriptPanel", known) if known else part.section)
            spoken = words("words")
            spoken.setText(part.text)
            self._texts.addWidget(title)
            self._texts.addWidget(spoken)
            self._texts.addSpacing(10)
        self._scroll.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("What Santa says"))
        if self._record is not None:
            self.say_why(self._note)
            self.show_script(self._said)
