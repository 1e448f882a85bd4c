"""Asking for help: what the file holds, and what it does not, before one saves it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout


class SupportPanel(QFrame):
    wanted = Signal(object)  # Path
    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._holds = QLabel(), QLabel()
        self._title.setObjectName("heading")
        self._holds.setObjectName("second")
        self._holds.setWordWrap(True)
        self.save, self.cancel = QPushButton(), QPushButton()
        self.save.setObjectName("primary")
        self.cancel.setObjectName("quiet")
        for button in (self.save, self.cancel):
            button.setAutoDefault(True)
        self.save.clicked.connect(self._ask_file)
        self.cancel.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(8)
        lay.addWidget(self._title)
        lay.addWidget(self._holds)
        lay.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._retranslate()
        self.hide()

    def open(self) -> None:
        self.show()
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def words(self) -> str:
        return self._holds.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the support file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Zip file (*.zip)")])
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"trineo-{QDate.currentDate().toString('yyyy-MM-dd')}.zip")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.wanted.emit(Path(file)))
        dialog.open()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Support file"))
        self._title.setText(self.tr("A file to ask for help with"))
        self._holds.setText(
            self.tr(
                "It holds versions, settings without keys, the health check, figures, and this log. No child's name, "
                "no text, no film, no key and no list of how names are said is in it. You can open it and look."
            )
        )
        self._holds.setAccessibleName(self._holds.text())
        self.save.setText(self.tr("Save as…"))
        self.cancel.setText(self.tr("Not now"))
