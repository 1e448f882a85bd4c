"""What Santa will say in the first film, the child's words in it, and about how long the film will be."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.desk.preview import Preview
from gui.language import wording


class ScriptPreview(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._preview: Preview | None = None
        self._title = QLabel()
        self._title.setObjectName("small")
        self._length = QLabel()
        self._length.setObjectName("small")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(96)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._length)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addLayout(head)
        lay.addWidget(self.text, 1)
        self._say()

    def length(self) -> str:
        return self._length.text()

    def show_preview(self, name: str, preview: Preview | None) -> None:
        """`name` is the child's; None empties it."""
        self._name, self._preview = name, preview
        self.text.setPlainText("\n\n".join(preview.paragraphs) if preview else "")
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setVisible(self._preview is not None)
        self._title.setText(self.tr("What {name} will hear").format(name=self._name))
        self.text.setAccessibleName(self._title.text())
        seconds = self._preview.seconds if self._preview else 0.0
        self._length.setText(self.tr("about {length}").format(length=wording.clock(seconds)))
