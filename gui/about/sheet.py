"""Which Trineo this is, what everybody may do with it, and whose work is in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.paths import ROOT
from core.version import Build, this_build
from gui.about.licences import read_licences
from gui.look.icons import application_icon
from gui.look.theme import Theme
from gui.widgets.sheet import Sheet

_ICON_PX = 48


class AboutSheet(Sheet):
    width_px = 560

    def __init__(
        self, theme: Theme, centre: QWidget, over: QWidget, build: Build | None = None, root: Path = ROOT
    ) -> None:
        """`root`: where the program is, and beside it the licences."""
        super().__init__(theme, centre, over)
        self._build = build or this_build()
        self._licences = read_licences(root)
        self.version = self._label("second")
        self._free, self._source = self._label(""), self._label("second")
        self._inside = self._label("small")
        self.parts = QListWidget()
        self.parts.addItems([f"{one.title}  ·  {one.licence}" for one in self._licences])
        self.parts.setUniformItemSizes(True)
        self.parts.setStyleSheet("QListWidget { padding: 4px; } QListWidget::item { padding: 5px 8px; }")
        self.parts.currentRowChanged.connect(self._show_text)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.copy_button = QPushButton()
        self.copy_button.setObjectName("quiet")
        self.close_button = QPushButton()
        self._lay_out()
        for button in (self.copy_button, self.close_button):
            button.setAutoDefault(True)
            button.setIconSize(QSize(16, 16))
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.dismissed)
        self.dismissed.connect(self.slide_out)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.parts.setCurrentRow(0)

    def open_sheet(self) -> None:
        self.slide_in(self.close_button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        icon = QLabel()
        icon.setPixmap(application_icon().pixmap(_ICON_PX, _ICON_PX))
        name = self._label("title")
        name.setText("Trineo")
        named = QVBoxLayout()
        named.setSpacing(2)
        named.addWidget(name)
        named.addWidget(self.version)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(named, 1)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        rule = QFrame()
        rule.setObjectName("rule")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.body.addLayout(head)
        self.body.addSpacing(12)
        self.body.addWidget(self._free)
        self.body.addWidget(self._source)
        self.body.addSpacing(12)
        self.body.addWidget(self._inside)
        self.body.addWidget(self.parts, 2)
        self.body.addWidget(self.words, 3)
        self.body.addSpacing(8)
        self.body.addWidget(rule)
        self.body.addLayout(foot)

    def _show_text(self, row: int) -> None:
        if row >= 0:
            self.words.setPlainText(self._licences[row].text())

    def _copy(self) -> None:
        """Who asks for help is asked for this first."""
        QGuiApplication.clipboard().setText(f"Trineo {self._build}")

    def _tint(self) -> None:
        self.copy_button.setIcon(self._theme.icon("copy"))

    def _retranslate(self) -> None:
        build = self._build
        self.setAccessibleName(self.tr("About Trineo"))
        told = self.tr("Version {version} · build {build}")
        if build.commit:
            told = self.tr("Version {version} · build {build} · commit {commit}")
        self.version.setText(told.format(version=build.version, build=build.build, commit=build.commit))
        self._free.setText(
            self.tr(
                "Trineo is free software: you may use it, look into it, change it and pass it on, under the GNU "
                "General Public License, version 3 or later. It comes without any warranty."
            )
        )
        self._source.setText(
            self.tr(
                "Whoever gave you this program also gives you its complete source, and that of the free programs in "
                "it, in exactly these versions. You can ask for it for three years at least, and pay no more than "
                "passing it on costs."
            )
        )
        self._inside.setText(self.tr("What is in it, and under which licence"))
        self.parts.setAccessibleName(self.tr("What is in it, and under which licence"))
        self.words.setAccessibleName(self.tr("The licence's own words"))
        self.copy_button.setText(f" {self.tr('Copy')}")
        self.copy_button.setAccessibleName(self.tr("Copy which version this is"))
        self.copy_button.setToolTip(self.tr("Copy which version this is"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Esc"))
