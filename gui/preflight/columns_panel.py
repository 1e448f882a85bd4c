"""What each column of the dropped sheets was taken for, and a list for each to say it is something else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.intake.fields import Special
from core.intake.model import ColumnUse, SheetUse
from core.template.model import Template
from gui.widgets.choice import QuietBox


class ColumnsPanel(QScrollArea):
    """`changed` tells what every column of a sheet means now: {title: field, `script`, `language` or empty}."""

    changed = Signal(object)  # dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[SheetUse, ...] = ()
        self._template: Template | None = None
        self.boxes: dict[str, QuietBox] = {}
        self.setObjectName("well")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_sheets(self, sheets: Sequence[SheetUse], template: Template) -> None:
        if (tuple(sheets), template) != (self._sheets, self._template):
            self._sheets, self._template = tuple(sheets), template
            self._fill()

    @property
    def doubts(self) -> int:
        """How many columns are not used though they look as if they might be."""
        return sum(bool(column.likely) for sheet in self._sheets for column in sheet.columns)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange and self._template is not None:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        self.boxes = {}
        inside = QWidget()
        lay = QVBoxLayout(inside)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(16)
        hint = QLabel(self.tr("What you say here is remembered for sheets with the same columns."))
        hint.setObjectName("small")
        hint.setWordWrap(True)
        lay.addWidget(hint)
        for sheet in self._sheets:
            lay.addWidget(self._sheet(sheet))
        lay.addStretch(1)
        self.setWidget(inside)

    def _sheet(self, sheet: SheetUse) -> QWidget:
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        title = QLabel(f"{sheet.file.name} › {sheet.sheet}" if sheet.sheet else sheet.file.name)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setObjectName("heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, column in enumerate(sheet.columns, 1):
            name = QLabel(column.title)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setWordWrap(True)
            grid.addWidget(name, row, 0)
            grid.addWidget(self._box(sheet, column), row, 1)
        return frame

    def _box(self, sheet: SheetUse, column: ColumnUse) -> QuietBox:
        box = QuietBox()
        choices = self._choices()
        for value, words in choices:
            box.addItem(words, value)
        if column.likely:
            words = dict(choices).get(column.likely, column.likely)
            box.setItemText(0, self.tr("Not used. Is it {field}?").format(field=words))
        box.setCurrentIndex(max(0, box.findData(column.field)))
        box.setAccessibleName(self.tr("What the column {title} holds").format(title=column.title))
        box.activated.connect(lambda _, sheet=sheet, title=column.title: self._said(sheet, title))
        self.boxes[column.title] = box
        return box

    def _choices(self) -> list[tuple[str, str]]:
        assert self._template is not None
        language = QLocale().name()[:2]
        fields = [(name, field.label.get(language) or name) for name, field in self._template.fields.items()]
        special = [
            (str(Special.SCRIPT.value), self.tr("The whole script")),
            (str(Special.LANGUAGE.value), self.tr("The language")),
        ]
        return [("", self.tr("Not used")), *fields, *special]

    def _said(self, sheet: SheetUse, title: str) -> None:
        meant = {column.title: column.field for column in sheet.columns}
        meant[title] = str(self.boxes[title].currentData())
        self.changed.emit(meant)
